namespace OnboardingPortal.Core.Campaigns;

/// <summary>How Facebook counts money: in the smallest unit of most currencies, in whole ones of some.</summary>
/// <seealso href="https://developers.facebook.com/docs/marketing-api/currencies" />
public static class CampaignMoney
{
    private static readonly string[] WholeOnes = ["CLP", "COP", "CRC", "HUF", "IDR", "ISK", "JPY", "KRW", "PYG", "TWD", "VND"];

    /// <summary>How many decimal places an amount of the currency may have.</summary>
    public static int DecimalsOf(string currency) => WholeOnes.Contains(currency) ? 0 : 2;

    /// <summary>The amount as Facebook counts it.</summary>
    internal static long ToUnits(decimal amount, string currency) => (long)decimal.Round(amount * OffsetOf(currency));

    /// <summary>What Facebook counted as an amount.</summary>
    internal static decimal FromUnits(long units, string currency) => (decimal)units / OffsetOf(currency);

    private static int OffsetOf(string currency) => DecimalsOf(currency) == 0 ? 1 : 100;
}
