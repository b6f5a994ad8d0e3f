using FluentValidation;
using Microsoft.Extensions.Localization;

namespace OnboardingPortal.Core.Agencies;

/// <summary>How an agency sends requests.</summary>
/// <param name="DefaultMessage">What a new request's message starts with, in English and wherever there is none in the reader's language;
/// Markdown, may be empty.</param>
/// <param name="IncludeRequesterName">Whether clients read the sender's name.</param>
/// <param name="Language">Language of mails whose request names none.</param>
/// <param name="RequestLanguage">The language a new request starts with; null = the client's browser decides.</param>
/// <param name="Visibility">Who sees whose requests.</param>
/// <param name="LinkLife">How long a link lives.</param>
/// <param name="ReminderDays">Days after sending on which recipients are reminded, 1 to 60, at most five; empty = never.</param>
/// <param name="MailedOnCompletion">Who is mailed when a request is completed.</param>
/// <param name="MailedOnLostAccess">Who is mailed when a connected account no longer works.</param>
public sealed record CollaborationSettings(
    string DefaultMessage, bool IncludeRequesterName, string Language, string? RequestLanguage, RequestVisibility Visibility,
    LinkLife LinkLife,
    IReadOnlyList<int> ReminderDays, MailedPeople MailedOnCompletion, MailedPeople MailedOnLostAccess)
{
    /// <summary>The default message in German; empty = German readers get the English one.</summary>
    public string GermanDefaultMessage { get; init; } = "";

    /// <summary>Names of the settings in which two differ, for the audit trail.</summary>
    internal IEnumerable<string> DifferencesFrom(CollaborationSettings other)
    {
        if (DefaultMessage != other.DefaultMessage) yield return nameof(DefaultMessage);
        if (GermanDefaultMessage != other.GermanDefaultMessage) yield return nameof(GermanDefaultMessage);
        if (IncludeRequesterName != other.IncludeRequesterName) yield return nameof(IncludeRequesterName);
        if (Language != other.Language) yield return nameof(Language);
        if (RequestLanguage != other.RequestLanguage) yield return nameof(RequestLanguage);
        if (Visibility != other.Visibility) yield return nameof(Visibility);
        if (LinkLife != other.LinkLife) yield return nameof(LinkLife);
        if (!ReminderDays.SequenceEqual(other.ReminderDays)) yield return nameof(ReminderDays);
        if (!MailedOnCompletion.IsLike(other.MailedOnCompletion)) yield return nameof(MailedOnCompletion);
        if (!MailedOnLostAccess.IsLike(other.MailedOnLostAccess)) yield return nameof(MailedOnLostAccess);
    }
}

/// <summary>The rules of <see cref="CollaborationSettings"/>.</summary>
public sealed class CollaborationSettingsValidator : AbstractValidator<CollaborationSettings>
{
    /// <summary>The most reminders of one request.</summary>
    public const int MaxReminders = 5;

    /// <summary>The last day after sending on which somebody may be reminded.</summary>
    public const int LastReminderDay = 60;

    /// <summary>Builds the rules.</summary>
    public CollaborationSettingsValidator(IStringLocalizer<CollaborationSettingsValidator> text)
    {
        RuleFor(s => s.DefaultMessage).MaximumLength(Agency.MessageMaxLength)
            .WithMessage(s => text["MessageTooLong", Agency.MessageMaxLength, s.DefaultMessage.Length]);
        RuleFor(s => s.GermanDefaultMessage).MaximumLength(Agency.MessageMaxLength)
            .WithMessage(s => text["MessageTooLong", Agency.MessageMaxLength, s.GermanDefaultMessage.Length]);
        RuleFor(s => s.Language).Must(l => PortalLanguages.All.Contains(l)).WithMessage(_ => text["LanguageUnknown"]);
        RuleFor(s => s.RequestLanguage).Must(l => l is null || PortalLanguages.All.Contains(l))
            .WithMessage(_ => text["LanguageUnknown"]);
        RuleFor(s => s.Visibility).IsInEnum();
        RuleFor(s => s.LinkLife).Must(life => life is { IsAllowed: true } && Enum.IsDefined(life.Unit))
            .WithMessage(_ => text["LinkLifeWrong"]);
        RuleFor(s => s.ReminderDays).Cascade(CascadeMode.Stop)
            .Must(days => days.All(d => d is >= 1 and <= LastReminderDay)).WithMessage(_ => text["ReminderDayWrong", LastReminderDay])
            .Must(days => days.Distinct().Count() <= MaxReminders).WithMessage(_ => text["TooManyReminders", MaxReminders])
            .Must((s, days) => s.LinkLife is not { IsAllowed: true } || days.All(d => d < s.LinkLife.ShortestDays))
            .WithMessage(s => text["ReminderTooLate", s.LinkLife.ShortestDays]);
        RuleFor(s => s.MailedOnCompletion).Cascade(CascadeMode.Stop).Must(HasAddresses)
            .WithMessage(p => text["MailedAddressWrong", Wrong(p.MailedOnCompletion)])
            .Must(IsFew).WithMessage(_ => text["TooManyMailed", MailedPeople.MaxAddresses]);
        RuleFor(s => s.MailedOnLostAccess).Cascade(CascadeMode.Stop).Must(HasAddresses)
            .WithMessage(p => text["MailedAddressWrong", Wrong(p.MailedOnLostAccess)])
            .Must(IsFew).WithMessage(_ => text["TooManyMailed", MailedPeople.MaxAddresses]);
    }

    private static bool HasAddresses(MailedPeople people) => people.Addresses.All(EmailAddress.IsOne);

    private static bool IsFew(MailedPeople people) => people.Addresses.Count <= MailedPeople.MaxAddresses;

    private static string Wrong(MailedPeople people)
    {
        var first = people.Addresses.First(a => !EmailAddress.IsOne(a)) ?? "";
        return first.Length > 80 ? first[..80] + "…" : first;
    }
}

/// <summary>What the first start asks for.</summary>
/// <param name="AgencyName">The company's name as clients read it.</param>
/// <param name="UserName">The first main user's name.</param>
/// <param name="Email">Their address, for signing in.</param>
/// <param name="Password">Their password.</param>
/// <param name="DefaultMessage">What a new request's message starts with.</param>
public sealed record NewAgency(string AgencyName, string UserName, string Email, string Password, string DefaultMessage)
{
    /// <summary>The same in German; empty = there is none.</summary>
    public string GermanDefaultMessage { get; init; } = "";

    /// <summary>Who is made with it beside the main user; usually nobody.</summary>
    public IReadOnlyList<NewSubUser> SubUsers { get; init; } = [];
}

/// <summary>A sub-user who is made with their agency.</summary>
/// <param name="Email">For signing in.</param>
/// <param name="Password">The first one.</param>
/// <param name="Name">Shown to others of the agency.</param>
public sealed record NewSubUser(string Email, string Password, string Name);

/// <summary>The rules of <see cref="NewAgency"/>; the password's are Identity's.</summary>
public sealed class NewAgencyValidator : AbstractValidator<NewAgency>
{
    /// <summary>Builds the rules.</summary>
    public NewAgencyValidator(IStringLocalizer<PersonWords> text)
    {
        RuleFor(a => a.AgencyName).Must(IsName).WithMessage(_ => text["NameMissing"]);
        RuleFor(a => a.UserName).Must(IsName).WithMessage(_ => text["NameMissing"]);
        RuleFor(a => a.AgencyName).MaximumLength(Agency.NameMaxLength).WithMessage(_ => text["NameTooLong", Agency.NameMaxLength]);
        RuleFor(a => a.UserName).MaximumLength(AgencyUser.DisplayNameMaxLength)
            .WithMessage(_ => text["NameTooLong", AgencyUser.DisplayNameMaxLength]);
        RuleFor(a => a.Email).Must(EmailAddress.IsOne).WithMessage(_ => text["EmailWrong"]);
    }

    private static bool IsName(string? name) => !string.IsNullOrWhiteSpace(name) && BrandingValidator.IsOneLine(name);
}
