using System.Globalization;
using OnboardingPortal.Core.Agencies;

namespace OnboardingPortal.App.Features.Collaboration;

/// <summary>What is typed and chosen in the collaboration settings, by the names of <see cref="CollaborationSettings"/>.</summary>
public sealed class CollaborationDraft
{
    /// <summary>In place of a language: the client's browser decides.</summary>
    public const string Browser = "browser";

    private static readonly int[] UsualReminders = [3, 7, 14];
    private static readonly char[] BetweenDays = [',', ';', ' ', '\n'];
    private static readonly char[] BetweenAddresses = [',', ';', '\n', '\r'];

    public string DefaultMessage { get; set; } = "";

    public string GermanDefaultMessage { get; set; } = "";

    public bool IncludeRequesterName { get; set; }

    public string Language { get; set; } = "";

    /// <summary>Two-letter code or <see cref="Browser"/>.</summary>
    public string RequestLanguage { get; set; } = Browser;

    public RequestVisibility Visibility { get; set; }

    /// <summary>The number, as typed.</summary>
    public string LinkLife { get; set; } = "";

    public LinkLifeUnit LinkLifeUnit { get; set; }

    public bool Reminds { get; set; }

    /// <summary>As typed; they count only with <see cref="Reminds"/>.</summary>
    public string ReminderDays { get; set; } = "";

    public MailedChoice Completion { get; set; } = new();

    /// <summary>Further addresses, as typed.</summary>
    public string MailedOnCompletion { get; set; } = "";

    public MailedChoice Lost { get; set; } = new();

    /// <summary>Further addresses, as typed.</summary>
    public string MailedOnLostAccess { get; set; } = "";

    public static CollaborationDraft Of(CollaborationSettings settings) => new()
    {
        DefaultMessage = settings.DefaultMessage,
        GermanDefaultMessage = settings.GermanDefaultMessage,
        IncludeRequesterName = settings.IncludeRequesterName,
        Language = settings.Language,
        RequestLanguage = settings.RequestLanguage ?? Browser,
        Visibility = settings.Visibility,
        LinkLife = settings.LinkLife.Count.ToString(CultureInfo.InvariantCulture),
        LinkLifeUnit = settings.LinkLife.Unit,
        Reminds = settings.ReminderDays.Count > 0,
        ReminderDays = string.Join(", ", settings.ReminderDays.Count > 0 ? settings.ReminderDays : UsualReminders),
        Completion = MailedChoice.Of(settings.MailedOnCompletion),
        MailedOnCompletion = string.Join('\n', settings.MailedOnCompletion.Addresses),
        Lost = MailedChoice.Of(settings.MailedOnLostAccess),
        MailedOnLostAccess = string.Join('\n', settings.MailedOnLostAccess.Addresses),
    };

    /// <summary>As the rules judge it and the service saves it.</summary>
    public CollaborationSettings ToSettings() => new(
        DefaultMessage, IncludeRequesterName, Language, RequestLanguage == Browser ? null : RequestLanguage, Visibility,
        new LinkLife(NumberOf(LinkLife), LinkLifeUnit), Reminds ? DaysOf(ReminderDays) : [],
        Completion.With(AddressesOf(MailedOnCompletion)), Lost.With(AddressesOf(MailedOnLostAccess)))
    {
        GermanDefaultMessage = GermanDefaultMessage,
    };

    /// <summary>Users who were chosen before and are gone since drop out.</summary>
    public void KeepOnly(IReadOnlyList<MailedUser> users)
    {
        Completion.Users.IntersectWith(users.Select(u => u.Id));
        Lost.Users.IntersectWith(users.Select(u => u.Id));
    }

    /// <summary>What was typed as a number; 0, which no rule allows, when it is none.</summary>
    private static int NumberOf(string typed) =>
        int.TryParse(typed.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;

    private static List<int> DaysOf(string typed) => [.. Parts(typed, BetweenDays).Select(NumberOf)];

    private static List<string> AddressesOf(string typed) =>
        [.. Parts(typed, BetweenAddresses).Distinct(StringComparer.OrdinalIgnoreCase)];

    private static string[] Parts(string typed, char[] between) =>
        typed.Split(between, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
