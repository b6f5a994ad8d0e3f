using OnboardingPortal.Core.Requests;

namespace OnboardingPortal.App.Features.Requests;

/// <summary>
/// A row of the table in the words of one language. Made once and shared by all who look at it, so that a circuit holds references only.
/// </summary>
public sealed class RequestLineView
{
    public required RequestId Id { get; init; }

    /// <summary>The id as text: a row's key and what the browser calls it.</summary>
    public required string Key { get; init; }

    public required RequestStatus Status { get; init; }

    /// <summary>Whether there is somebody to mail.</summary>
    public required bool HasRecipients { get; init; }

    /// <summary>The first recipient's address; empty when there is none. What the table is ordered by.</summary>
    public required string FirstRecipient { get; init; }

    /// <summary>The first recipient, or words that stand for none.</summary>
    public required string Recipient { get; init; }

    /// <summary>"+2 more", or null.</summary>
    public required string? More { get; init; }

    /// <summary>The request's page.</summary>
    public required string Address { get; init; }

    /// <summary>The status as the style sheet knows it.</summary>
    public required string Look { get; init; }

    public required string StatusWord { get; init; }

    /// <summary>What happens now, with a space behind it, before <see cref="Since"/>.</summary>
    public required string Activity { get; init; }

    /// <summary>Since when, for the attribute <c>datetime</c>.</summary>
    public required string Since { get; init; }

    /// <summary>When it was saved, for the attribute <c>datetime</c>.</summary>
    public required string RequestedAt { get; init; }

    public required IReadOnlyList<RequestLineAccount> Accounts { get; init; }

    public required string SelectLabel { get; init; }

    public required string ActionsLabel { get; init; }

    /// <summary>The id of the element that opens the menu.</summary>
    public required string ActionsId { get; init; }

    /// <summary>Whether another line shows the same.</summary>
    public bool LooksLike(RequestLineView other) =>
        (Key, Recipient, More, Look, StatusWord, Activity, Since) == (other.Key, other.Recipient, other.More, other.Look, other.StatusWord,
            other.Activity, other.Since)
        && Accounts.SequenceEqual(other.Accounts);
}

/// <summary>A requested platform in a row of the table.</summary>
/// <param name="Platform">Its key.</param>
/// <param name="Icon">The address of its mark.</param>
/// <param name="Mark">How many accounts are connected, or a sign for none.</param>
/// <param name="Look">For the style sheet where the client does not connect it; null where they may.</param>
/// <param name="Words">Connected accounts by name, or why there is none.</param>
/// <param name="Problem">What the red dot is called; null without one.</param>
public sealed record RequestLineAccount(string Platform, string Icon, string? Mark, string? Look, string Words, string? Problem);
