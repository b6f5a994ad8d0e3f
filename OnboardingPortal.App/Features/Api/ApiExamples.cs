using OnboardingPortal.Core.Audit;
using OnboardingPortal.Core.Connections;
using OnboardingPortal.Core.DataSync;
using OnboardingPortal.Core.Matching;
using OnboardingPortal.Core.Outbox;
using OnboardingPortal.Core.Requests;

namespace OnboardingPortal.App.Features.Api;

/// <summary>What the OpenAPI document shows as examples.</summary>
internal static class ApiExamples
{
    private const string Request = "95874563259813421";
    private const string User = "95874560001234567";
    private const string Client = "hello@bakery.example";
    private static readonly DateTimeOffset At = new(2026, 11, 21, 9, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Until = At.AddMonths(1);

    private static readonly SyncRunItem Run = new()
    {
        Id = "95874568849000011",
        Kind = SyncRunKind.Run,
        Status = SyncRunState.Done,
        BegunAt = At.AddDays(1),
        EndedAt = At.AddDays(1).AddMinutes(2),
        Problem = null,
        Expected = 5122,
        Read = 5122,
        Valid = 5091,
        OptedOut = 3,
        Unchanged = 4879,
        Added = 212,
        Removed = 9,
        Rejected = 0,
        Matched = 3050,
        Skipped = [new SyncSkip { Reason = SkipReason.NobodyToFind, Count = 28 }],
    };

    private static readonly SyncItem Sync = new()
    {
        Id = "95874568849000007",
        RequestId = Request,
        Service = "mailchimp",
        List = "Newsletter",
        AdAccount = "Blue Bakery – EU",
        Audience = "Mailchimp list",
        AudienceId = "120210000000000001",
        Status = SyncState.Active,
        Problem = null,
        ProblemSince = null,
        Every = SyncInterval.Daily,
        People = 5091,
        ReadyAt = At.AddHours(9),
        LastRunAt = Run.EndedAt,
        NextRunAt = At.AddDays(2),
        Run = null,
    };

    private static readonly Dictionary<Type, object> All = new()
    {
        [typeof(SyncItem)] = Sync,
        [typeof(SyncListing)] = new SyncListing { Items = [Sync], Next = null },
        [typeof(SyncHistory)] = new SyncHistory { Sync = Sync, Runs = [Run] },
        [typeof(NewRequestBody)] = new NewRequestBody
        {
            Message = "Hello, here is the link we spoke of.",
            Services = ["mailchimp"],
            Language = "en",
            Recipients = [Client],
        },
        [typeof(CreatedRequest)] = new CreatedRequest
        {
            Id = Request,
            Status = ApiRequestStatus.Pending,
            RequestedAt = At,
            Recipients = [Client]
        },
        [typeof(RequestListing)] = new RequestListing
        {
            Items =
            [
                new RequestItem
                {
                    Id = Request,
                    Status = ApiRequestStatus.Pending,
                    RequesterId = User,
                    Recipient = Client,
                    RecipientCount = 1,
                    RequestedAt = At,
                    ExpiresAt = Until,
                    Activity = RequestActivity.Opened,
                    ActivityAt = At.AddHours(2),
                    CompletedBy = null,
                    Services = [
                        new ServiceItem { Service = "mailchimp", Connected = 0, Waiting = 0, HasProblem = false, IsDeclined = false }
                    ],
                },
            ],
            Next = Request,
        },
        [typeof(RequestView)] = new RequestView
        {
            Id = Request,
            Status = ApiRequestStatus.Connected,
            RequesterId = User,
            RequesterName = "Ada Owner",
            Message = "Hello, here is the link we spoke of.",
            Language = "en",
            FacebookUserId = null,
            BusinessManagerId = null,
            RequestedAt = At,
            SentAt = At,
            ExpiresAt = Until,
            OpenedAt = At.AddHours(2),
            CompletedAt = At.AddHours(3),
            CompletedBy = "The baker",
            Recipients =
            [
                new RecipientView
                {
                    Email = Client,
                    AddedAt = At,
                    Mail = EmailState.Sent,
                    MailedAt = At.AddSeconds(4),
                    Delivery = DeliveryState.Delivered,
                    DeliveryAt = At.AddSeconds(9),
                    DeliveryText = null,
                    RemindersStoppedAt = null,
                },
            ],
            Services =
            [
                new ServiceView
                {
                    Service = "mailchimp",
                    DeclinedAt = null,
                    DeclineReason = null,
                    DeclineText = null,
                    Accounts =
                    [
                        new AccountView
                        {
                            Id = "95874568841239955",
                            Name = "Blue Bakery",
                            State = ConnectionState.Active,
                            Failure = null,
                            ConnectedAt = At.AddHours(3),
                            LastCheckedAt = At.AddHours(3),
                            Assets = [],
                        },
                    ],
                },
            ],
            Timeline =
            [
                new TimelineView
                {
                    At = At, Kind = AuditKind.RequestSent, ActorKind = ActorKind.AgencyUser, Actor = "Ada Owner (API: CRM)", Service = null,
                    Detail = Client
                },
            ],
        },
        [typeof(SentView)] = new SentView { Mails = 1 },
        [typeof(LinkView)] = new LinkView { Link = "https://portal.example/r/…" },
        [typeof(ConnectionListing)] = new ConnectionListing
        {
            Items =
            [
                new ConnectionItem
                {
                    Id = "95874568841239955",
                    Service = "mailchimp",
                    Kind = ConnectionKind.Account,
                    ExternalId = "a1b2c3d4e5",
                    Name = "Blue Bakery",
                    Status = ConnectionStatus.Working,
                    Failure = null,
                    ManagedBy = ConnectionManager.Client,
                    RequestId = Request,
                    ConnectedAt = At.AddHours(3),
                    LastCheckedAt = At.AddHours(3),
                },
            ],
            Next = null,
        },
        [typeof(ApiProblem)] = new ApiProblem
        {
            Type = "about:blank",
            Title = "Unprocessable Entity",
            Status = 422,
            Detail = "These are not email addresses: hello@. Nothing was sent.",
            Code = "AddressesRefused",
            TraceId = "4bf92f3577b34da6a3ce929d0e0e4736",
        },
    };

    /// <summary>An example of a model, or null.</summary>
    public static object? Of(Type type) => All.GetValueOrDefault(type);
}
