using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace OnboardingPortal.Core.Work;

/// <summary>The section <c>Retention</c>: how long rows are kept that nobody needs any more. The audit trail is kept for good.</summary>
public sealed class RetentionOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Retention";

    private const string Longest = "36500.00:00:00";

    /// <summary>Ways to a platform's sign-in page and back: a day or more.</summary>
    [Range(typeof(TimeSpan), "1.00:00:00", Longest)]
    public TimeSpan ConnectAttempts { get; set; } = TimeSpan.FromDays(30);

    /// <summary>Mails that left or were given up, unless the request they are about is still open: 30 days or more.</summary>
    [Range(typeof(TimeSpan), "30.00:00:00", Longest)]
    public TimeSpan Emails { get; set; } = TimeSpan.FromDays(400);

    /// <summary>Sessions of users, from their beginning; all have ended by then: 8 days or more.</summary>
    [Range(typeof(TimeSpan), "8.00:00:00", Longest)]
    public TimeSpan Sessions { get; set; } = TimeSpan.FromDays(90);

    /// <summary>Invitations that were accepted, cancelled or expired: 8 days or more.</summary>
    [Range(typeof(TimeSpan), "8.00:00:00", Longest)]
    public TimeSpan Invitations { get; set; } = TimeSpan.FromDays(180);

    /// <summary>Participants of requests that are no longer open, unless they connected or asked something: 30 days or more.</summary>
    [Range(typeof(TimeSpan), "30.00:00:00", Longest)]
    public TimeSpan Participants { get; set; } = TimeSpan.FromDays(730);

    /// <summary>Questions of clients whose request is no longer open: 30 days or more.</summary>
    [Range(typeof(TimeSpan), "30.00:00:00", Longest)]
    public TimeSpan Questions { get; set; } = TimeSpan.FromDays(730);

    /// <summary>Events that told what became of mails: 75 hours or more, as long as a repeat of them may come.</summary>
    [Range(typeof(TimeSpan), "3.03:00:00", Longest)]
    public TimeSpan DeliveryEvents { get; set; } = TimeSpan.FromHours(75);

    /// <summary>Drafts of campaigns that were deleted or refused: 30 days or more.</summary>
    [Range(typeof(TimeSpan), "30.00:00:00", Longest)]
    public TimeSpan Campaigns { get; set; } = TimeSpan.FromDays(730);

    /// <summary>Runs of data syncs that have ended, but for plans that wait to be run: 30 days or more.</summary>
    [Range(typeof(TimeSpan), "30.00:00:00", Longest)]
    public TimeSpan SyncRuns { get; set; } = TimeSpan.FromDays(400);

    /// <summary>Each kind of row by its name in the configuration, with its period.</summary>
    public IReadOnlyList<(string Name, TimeSpan Period)> List() =>
    [
        (nameof(ConnectAttempts), ConnectAttempts), (nameof(Emails), Emails), (nameof(Sessions), Sessions),
        (nameof(Invitations), Invitations),
        (nameof(Participants), Participants), (nameof(Questions), Questions), (nameof(DeliveryEvents), DeliveryEvents),
        (nameof(Campaigns), Campaigns),
        (nameof(SyncRuns), SyncRuns),
    ];
}

[OptionsValidator]
internal sealed partial class RetentionOptionsValidator : IValidateOptions<RetentionOptions>;
