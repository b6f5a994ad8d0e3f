using FluentValidation;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using OnboardingPortal.App.Shared;
using OnboardingPortal.Core.Agencies;

namespace OnboardingPortal.App.Features.Account;

/// <summary>A user's name, language, time zone and password.</summary>
public sealed partial class ProfilePage(
    OwnAccount account, AccountPosts posts, IValidator<Profile> validator, IStringLocalizer<AccountText> text,
    PortalPageServices services) : PortalPage(services)
{
    private readonly Func<object, string, Task<IEnumerable<string?>>> _rules = validator.For<ProfileDraft, Profile>(
        draft => draft.ToProfile());
    private readonly PasswordDraft _password = new();
    private PortalForm<ProfileDraft> _profileForm = null!;
    private PortalForm<PasswordDraft> _passwordForm = null!;
    private ProfileDraft _profile = new();
    private string _email = "";

    /// <summary>What was changed before the page was loaded anew.</summary>
    [SupplyParameterFromQuery] private string? Told { get; set; }

    private IStringLocalizer<AccountText> Text => text;

    protected override async Task LoadAsync(AgencyCaller caller)
    {
        var profile = await account.FindProfileAsync(caller, Leaving);
        _profile = new ProfileDraft
        {
            Name = profile.Name,
            Language = profile.Language ?? ProfileDraft.AsBrowser,
            TimeZone = profile.TimeZone
        };
        _email = caller.Email;
        if (Told is not ("ProfileSaved" or "PasswordSaved")) return;
        Notices.Show(Notice.Done(text[Told]));
        Navigation.NavigateTo("/account/profile", replace: true); // anybody who loads the page again is not told again
    }

    private Task SaveAsync() => RunAsync(_ => posts.SendAsync(_profileForm, AccountChanges.Profile, new()
    {
        ["name"] = _profile.Name,
        ["language"] = _profile.ToProfile().Language,
        ["timeZone"] = _profile.TimeZone,
    }, Leaving));

    private Task ChangePasswordAsync() => RunAsync(_ => posts.SendAsync(_passwordForm, AccountChanges.Password, new()
    {
        ["current"] = _password.Current,
        ["next"] = _password.Next,
    }, Leaving));

    private static Task<IEnumerable<string>> FindZonesAsync(string? typed, CancellationToken cancellationToken) =>
        Task.FromResult(
            ProfileValidator.TimeZones.Where(zone => NameOf(zone)!.Contains(typed?.Trim() ?? "", StringComparison.OrdinalIgnoreCase)));

    private static string? NameOf(string? zone) => zone?.Replace('_', ' ');
}
