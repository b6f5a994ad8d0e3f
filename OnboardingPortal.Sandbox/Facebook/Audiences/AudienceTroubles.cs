using OnboardingPortal.Sandbox.Facebook.Graph;

namespace OnboardingPortal.Sandbox.Facebook.Audiences;

/// <summary>Which ad accounts show which <see cref="AudienceTrouble"/> now.</summary>
internal sealed class AudienceTroubles(SandboxState state)
{
    /// <summary>Whose ad accounts they are.</summary>
    public const string Person = "data-sync-troubles";

    private static readonly Dictionary<string, AudienceTrouble> ByName = AudienceTrouble.All.ToDictionary(t => t.AdAccount);

    /// <summary>The trouble of an ad account; null when it has none, or none any more.</summary>
    public AudienceTrouble? Of(FacebookAdAccount account) =>
        IsTroubled(account) && !IsMended(account.Id) ? ByName[account.Name] : null;

    /// <summary>Whether the account has a trouble, mended or not.</summary>
    public static bool IsTroubled(FacebookAdAccount account) =>
        account.Owner is not null && FacebookWorld.RoleOf(Person, account.Owner) is not null && ByName.ContainsKey(account.Name);

    public bool Has(FacebookAdAccount account, string name) => Of(account)?.AdAccount == name;

    /// <summary>What the account refuses such a call with; null when it does not.</summary>
    public GraphError? Refusal(FacebookAdAccount account, AudienceCalls call) =>
        Of(account) is { } trouble && trouble.On.HasFlag(call) ? ErrorOf(trouble) : null;

    /// <summary>The error of the account's trouble.</summary>
    public GraphError? ErrorOf(FacebookAdAccount account, string name) =>
        Of(account) is { } trouble && trouble.AdAccount == name ? ErrorOf(trouble) : null;

    public bool IsMended(string adAccount) => state.Read(data => data.FacebookMended.Contains(adAccount));

    /// <summary>Ends an account's trouble, or brings it back.</summary>
    public void Mend(string adAccount, bool isMended) => state.Change(data =>
    {
        data.FacebookMended.Remove(adAccount);
        if (isMended)
            data.FacebookMended.Add(adAccount);
    });

    private static GraphError ErrorOf(AudienceTrouble trouble) => new(
        trouble.Status, trouble.Code, $"(#{trouble.Code}) {trouble.Title}", trouble.Subcode)
    {
        UserTitle = trouble.Title,
        UserMessage = $"{trouble.Title}, as Facebook says it to people.",
    };
}
