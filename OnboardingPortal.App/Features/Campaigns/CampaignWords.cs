using System.Globalization;
using Microsoft.Extensions.Localization;
using MudBlazor;
using OnboardingPortal.Core.Campaigns;

namespace OnboardingPortal.App.Features.Campaigns;

/// <summary>Drafts in words.</summary>
internal static class CampaignWords
{
    extension(CampaignDraft draft)
    {
        /// <summary>The colour of its state.</summary>
        public Color Look => draft.State switch
        {
            CampaignState.Paused => draft.Issues is null ? Color.Success : Color.Warning,
            CampaignState.Making or CampaignState.OutcomeUnknown => Color.Info,
            CampaignState.Started => Color.Warning,
            CampaignState.Refused => Color.Error,
            _ => Color.Default,
        };

        /// <summary>Where Ads Manager shows it, or its account as long as its id is not known; null where it is not there.</summary>
        public string? AdsManagerAddress => draft.State is CampaignState.Paused or CampaignState.Started or CampaignState.OutcomeUnknown
            ? $"https://adsmanager.facebook.com/adsmanager/manage/campaigns?act={Uri.EscapeDataString(NumberOf(draft.AdAccount))}"
                + (draft.CampaignId is { } campaign ? $"&selected_campaign_ids={Uri.EscapeDataString(campaign)}" : "")
            : null;

        /// <summary>Its budget with the currency.</summary>
        public string BudgetWords(IStringLocalizer<CampaignsText> text) =>
            text[$"BudgetOf{draft.Terms.BudgetKind}", Money(draft.Terms.Budget, draft.Currency)];

        /// <summary>When it begins and ends, in the account's zone.</summary>
        public string TimeWords(IStringLocalizer<CampaignsText> text)
        {
            var start = draft.Terms.Start is { } from ? from.ToString("g", CultureInfo.CurrentCulture) : text["WhenPublished"].Value;
            var end = draft.Terms.End is { } until ? until.ToString("g", CultureInfo.CurrentCulture) : text["UntilEnded"].Value;
            return $"{start} – {end} ({draft.TimeZone})";
        }

        /// <summary>To whom it is shown.</summary>
        public string AudienceWords(IStringLocalizer<CampaignsText> text)
        {
            var terms = draft.Terms;
            var names = string.Join(", ", terms.AudienceNames.Count > 0 ? terms.AudienceNames : terms.Audiences);
            return text[names.Length == 0 ? "AudienceEverybody" : terms.WidensAudience ? "AudienceWidened" : "AudienceOnly", names];
        }

        /// <summary>Where it is shown.</summary>
        public string CountryWords => string.Join(", ", draft.Terms.Countries.Select(Countries.NameOf));
    }

    /// <summary>An amount as it is written in the reader's language, with the currency's own decimal places.</summary>
    public static string Money(decimal amount, string currency) =>
        $"{amount.ToString($"N{CampaignMoney.DecimalsOf(currency)}", CultureInfo.CurrentCulture)} {currency}";

    private static string NumberOf(string adAccount) =>
        adAccount.StartsWith("act_", StringComparison.Ordinal) ? adAccount["act_".Length..] : adAccount;
}
