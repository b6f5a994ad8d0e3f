using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using OnboardingPortal.Core.Requests;

namespace OnboardingPortal.App.Features.Api;

/// <summary>A request to be made.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record NewRequestBody
{
    /// <summary>What the client reads; Markdown without HTML. Left out: the agency's default message.</summary>
    [MaxLength(OnboardingRequest.MessageMaxLength)]
    public string? Message { get; init; }

    /// <summary>
    /// What is asked for: facebook, mailchimp, salesforce, googlesheets, hubspot, activecampaign, googleads, as far as this portal offers
    /// them.
    /// </summary>
    [MinLength(1)]
    public required IReadOnlyList<string> Services { get; init; }

    /// <summary>The agency's Facebook user; needed with facebook. The page API of the settings lists the ids.</summary>
    public string? FacebookUserId { get; init; }

    /// <summary>The Business Manager that receives access, where that Facebook user is Admin; needed with facebook.</summary>
    public string? BusinessManagerId { get; init; }

    /// <summary>Language of the client's pages and mails: en or de. Left out: what the agency's new requests start with.</summary>
    public string? Language { get; init; }

    /// <summary>
    /// One bare address each. With recipients the request is saved and mailed, both or neither; without it stays a draft.
    /// </summary>
    [MaxLength(RecipientList.MaxAddresses)]
    public IReadOnlyList<string>? Recipients { get; init; }
}

/// <summary>What was made. A repeat of the call with the same Idempotency-Key gets the same.</summary>
public sealed record CreatedRequest
{
    /// <summary>The request's id.</summary>
    public required string Id { get; init; }

    /// <summary>Pending when it was mailed, Draft when not.</summary>
    public required ApiRequestStatus Status { get; init; }

    /// <summary>When it was made, UTC.</summary>
    public required DateTimeOffset RequestedAt { get; init; }

    /// <summary>Whom it was mailed to, without repeats.</summary>
    public required IReadOnlyList<string> Recipients { get; init; }
}

/// <summary>
/// Draft: saved, nobody has the link. Pending: the link is out and alive. Connected: a client completed it. Expired: the link's time ran
/// out.
/// </summary>
public enum ApiRequestStatus
{
    Draft,
    Pending,
    Connected,
    Expired,
}

/// <summary>One page of requests.</summary>
public sealed record RequestListing
{
    /// <summary>Newest first.</summary>
    public required IReadOnlyList<RequestItem> Items { get; init; }

    /// <summary>The cursor of the next page; null on the last one.</summary>
    public required string? Next { get; init; }
}

/// <summary>A request in a list.</summary>
public sealed record RequestItem
{
    /// <summary>The request's id.</summary>
    public required string Id { get; init; }

    /// <summary>Where it stands now.</summary>
    public required ApiRequestStatus Status { get; init; }

    /// <summary>The user who sent it.</summary>
    public required string RequesterId { get; init; }

    /// <summary>The first recipient's address; null while there is none.</summary>
    public required string? Recipient { get; init; }

    /// <summary>How many recipients there are.</summary>
    public required int RecipientCount { get; init; }

    /// <summary>When it was made, UTC.</summary>
    public required DateTimeOffset RequestedAt { get; init; }

    /// <summary>When its link dies, UTC; null for a draft.</summary>
    public required DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>The newest movement.</summary>
    public required RequestActivity Activity { get; init; }

    /// <summary>When that was, UTC.</summary>
    public required DateTimeOffset ActivityAt { get; init; }

    /// <summary>Who completed it; null while nobody has.</summary>
    public required string? CompletedBy { get; init; }

    /// <summary>What is asked for, and how far it is.</summary>
    public required IReadOnlyList<ServiceItem> Services { get; init; }
}

/// <summary>A service that a request asks for, in short.</summary>
public sealed record ServiceItem
{
    /// <summary>The service's key.</summary>
    public required string Service { get; init; }

    /// <summary>How many accounts or assets the agency can use.</summary>
    public required int Connected { get; init; }

    /// <summary>How many wait for somebody.</summary>
    public required int Waiting { get; init; }

    /// <summary>Whether something went wrong.</summary>
    public required bool HasProblem { get; init; }

    /// <summary>Whether the client said that they do not connect it.</summary>
    public required bool IsDeclined { get; init; }
}

/// <summary>Mails that were put on their way.</summary>
public sealed record SentView
{
    /// <summary>How many.</summary>
    public required int Mails { get; init; }
}

/// <summary>A request's link.</summary>
public sealed record LinkView
{
    /// <summary>Anybody who has it can answer the request: treat it like a password.</summary>
    public required string Link { get; init; }
}
