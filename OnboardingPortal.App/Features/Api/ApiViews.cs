using System.Globalization;
using OnboardingPortal.Core.Api;
using OnboardingPortal.Core.Connect;
using OnboardingPortal.Core.Connections;
using OnboardingPortal.Core.Outbox;
using OnboardingPortal.Core.Platforms;
using OnboardingPortal.Core.Requests;

namespace OnboardingPortal.App.Features.Api;

/// <summary>What the services gave, as the API shows it.</summary>
internal static class ApiViews
{
    public static CreatedRequest Of(OrderedRequest made) => new()
    {
        Id = made.Id.ToString(),
        Status = made.Recipients.Count == 0 ? ApiRequestStatus.Draft : ApiRequestStatus.Pending,
        RequestedAt = made.RequestedAt,
        Recipients = made.Recipients,
    };

    public static RequestListing Of(RequestPage page, DateTimeOffset now) => new()
    {
        Items = [.. page.Rows.Select(row => Of(row, now))],
        Next = page.HasAfter ? page.Rows[^1].Id.ToString() : null,
    };

    public static RequestView Of(RequestDetails details)
    {
        var request = details.Request;
        return new RequestView
        {
            Id = request.Id.ToString(),
            Status = StatusOf(details.Status),
            RequesterId = request.RequesterId.ToString(),
            RequesterName = request.RequesterName,
            Message = request.Message,
            Language = request.Language,
            FacebookUserId = request.FacebookUserId?.ToString(),
            BusinessManagerId = request.BusinessManagerId,
            RequestedAt = request.RequestedAt,
            SentAt = request.SentAt,
            ExpiresAt = request.ExpiresAt,
            OpenedAt = request.OpenedAt,
            CompletedAt = request.CompletedAt,
            CompletedBy = request.CompletedByName,
            Recipients = [.. request.Recipients.Select(r => Of(r, details.Mails))],
            Services = [.. request.Platforms.Select(p => Of(p, request.Connections))],
            Timeline =
            [
                .. details.Events.Select(e => new TimelineView
                {
                    At = e.At,
                    Kind = e.Kind,
                    ActorKind = e.ActorKind,
                    Actor = e.ActorName.Length > 0 ? e.ActorName : null,
                    Service = e.Platform?.Value,
                    Detail = e.Detail,
                }),
            ],
        };
    }

    public static ConnectionListing Of(ConnectionPage page) => new()
    {
        Items = [.. page.Lines.Select(Of)],
        Next = page.HasMore ? page.Lines[^1].Id.ToString(CultureInfo.InvariantCulture) : null,
    };

    /// <summary>The status in a search, which knows no deleted requests.</summary>
    public static RequestStatus StatusOf(ApiRequestStatus status) => Enum.Parse<RequestStatus>(status.ToString());

    private static ApiRequestStatus StatusOf(RequestStatus status) => Enum.Parse<ApiRequestStatus>(status.ToString());

    private static RequestItem Of(RequestRow row, DateTimeOffset now) => new()
    {
        Id = row.Id.ToString(),
        Status = StatusOf(row.StatusAt(now)),
        RequesterId = row.RequesterId.ToString(),
        Recipient = row.RecipientCount == 0 ? null : row.FirstRecipient,
        RecipientCount = row.RecipientCount,
        RequestedAt = row.RequestedAt,
        ExpiresAt = row.ExpiresAt,
        Activity = row.Activity,
        ActivityAt = row.ActivityAt,
        CompletedBy = row.CompletedByName,
        Services =
        [
            .. row.Accounts.Select(a => new ServiceItem
            {
                Service = a.Platform,
                Connected = a.Connected,
                Waiting = a.Waiting,
                HasProblem = a.Problem,
                IsDeclined = a.Declined,
            }),
        ],
    };

    private static RecipientView Of(Recipient recipient, IReadOnlyList<EmailMessage> mails)
    {
        var newest = mails.LastOrDefault(m => string.Equals(m.To, recipient.Email, StringComparison.OrdinalIgnoreCase));
        return new RecipientView
        {
            Email = recipient.Email,
            AddedAt = recipient.AddedAt,
            Mail = newest?.State,
            MailedAt = newest?.SentAt,
            Delivery = recipient.Delivery,
            DeliveryAt = recipient.DeliveryAt,
            DeliveryText = recipient.DeliveryText,
            RemindersStoppedAt = recipient.RemindersStoppedAt,
        };
    }

    private static ServiceView Of(RequestedPlatform requested, IReadOnlyList<PlatformConnection> connections) => new()
    {
        Service = requested.Platform.Value,
        DeclinedAt = requested.DeclinedAt,
        DeclineReason = requested.DeclineReason,
        DeclineText = requested.DeclineText,
        Accounts =
        [
            .. connections.Where(c => c.Platform == requested.Platform && c.State != ConnectionState.Removed).Select(c => new AccountView
            {
                Id = c.Id.ToString(),
                Name = c.DisplayName,
                State = c.State,
                Failure = c.Failure,
                ConnectedAt = c.ConnectedAt,
                LastCheckedAt = c.LastCheckedAt,
                Assets =
                [
                    .. c.Assets.Select(a => new AssetView
                    {
                        Id = a.Id.ToString(),
                        Kind = a.Kind,
                        ExternalId = a.ExternalId,
                        Name = a.Name,
                        State = a.State,
                        StateSince = a.StateSince,
                    }),
                ],
            }),
        ],
    };

    private static ConnectionItem Of(ConnectionLine line) => new()
    {
        Id = line.Id.ToString(CultureInfo.InvariantCulture),
        Service = line.Platform.Value,
        Kind = line.Asset switch
        {
            null => ConnectionKind.Account,
            AssetKind.AdAccount => ConnectionKind.AdAccount,
            _ => ConnectionKind.Page
        },
        ExternalId = line.ExternalId,
        Name = line.Name,
        Status = StatusOf(line),
        Failure = line.Failure,
        ManagedBy = line.Request is null ? ConnectionManager.Agency : ConnectionManager.Client,
        RequestId = line.Request?.ToString(),
        ConnectedAt = line.ConnectedAt,
        LastCheckedAt = line.LastCheckedAt,
    };

    private static ConnectionStatus StatusOf(ConnectionLine line) => (line.AccountState, line.AssetState) switch
    {
        (ConnectionState.Active, _) or (_, AssetState.Shared) => ConnectionStatus.Working,
        (ConnectionState.Removed, _) or (_, AssetState.Revoked) => ConnectionStatus.Revoked,
        (ConnectionState.ReconnectNeeded, _) or (_, AssetState.Failed or AssetState.Lost) => ConnectionStatus.NeedsAttention,
        _ => ConnectionStatus.Waiting,
    };
}
