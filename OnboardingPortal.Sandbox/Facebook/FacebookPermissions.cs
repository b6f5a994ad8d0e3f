using OnboardingPortal.Sandbox.OAuth;

namespace OnboardingPortal.Sandbox.Facebook;

/// <summary>Which permissions each person gave the app, as Facebook remembers them from one sign-in to the next.</summary>
public sealed class FacebookPermissions(SandboxState state)
{
    public const string Granted = "granted";
    public const string Declined = "declined";

    /// <summary>Every permission that may be asked for, in the words of the consent page.</summary>
    public static IReadOnlyDictionary<string, string> Words { get; } = new Dictionary<string, string>
    {
        ["public_profile"] = "Your name",
        ["email"] = "Your e-mail address",
        ["business_management"] = "Manage your businesses",
        ["ads_management"] = "Manage the ads of ad accounts you have access to",
        ["ads_read"] = "See the results of your ads",
        ["pages_show_list"] = "See a list of your Pages",
        ["pages_read_engagement"] = "Read what is on your Pages",
        ["pages_manage_metadata"] = "Manage the settings of your Pages",
        ["pages_manage_ads"] = "Manage ads that use your Pages",
    };

    /// <summary>Every permission this person was ever asked for, with its status.</summary>
    public IReadOnlyDictionary<string, string> Of(string person) =>
        state.Read(data => new SortedDictionary<string, string>(data.FacebookPermissions.GetValueOrDefault(person) ?? []));

    public bool Has(string person, string permission) => Of(person).GetValueOrDefault(permission) == Granted;

    public bool HasDeclined(string person) => Of(person).Values.Contains(Declined);

    /// <summary>
    /// What the dialog asks for. Like the real one it does not ask again for what was declined, unless the app says that it wants to.
    /// </summary>
    public IReadOnlyList<string> ToAsk(string person, AuthorizeRequest request)
    {
        var known = Of(person);
        return [.. request.Scopes.Prepend("public_profile").Distinct()
            .Where(s => request.AsksAgain || known.GetValueOrDefault(s) != Declined)];
    }

    /// <summary>Records the answer: what was asked for and not ticked is declined; the name cannot be withheld.</summary>
    public void Answer(string person, IEnumerable<string> asked, IReadOnlyCollection<string> ticked) => state.Change(data =>
    {
        var mine = Mine(data, person);
        foreach (var permission in asked)
            mine[permission] = permission == "public_profile" || ticked.Contains(permission) ? Granted : Declined;
    });

    public void GrantAll(string person) => Answer(person, Words.Keys, [.. Words.Keys]);

    /// <summary>Takes one permission back.</summary>
    public void Decline(string person, string permission) => state.Change(data => Mine(data, person)[permission] = Declined);

    /// <summary>As after removing the app: the next sign-in asks for everything.</summary>
    public void Forget(string person) => state.Change(data => data.FacebookPermissions.Remove(person));

    private static Dictionary<string, string> Mine(SandboxData data, string person) =>
        data.FacebookPermissions.TryGetValue(person, out var mine) ? mine : data.FacebookPermissions[person] = [];
}
