using System.Globalization;
using Microsoft.AspNetCore.Http.Features;
using OnboardingPortal.App.Security;
using OnboardingPortal.Core.Api;
using OnboardingPortal.Core.Connect;
using OnboardingPortal.Core.Requests;

namespace OnboardingPortal.App.Features.Api;

/// <summary>
/// The API for programs, version 1: what users do on pages, done by the same services. A path's version changes when an answer would break
/// a program.
/// </summary>
internal static class ApiEndpoints
{
    /// <summary>The header by which a caller knows a call again.</summary>
    public const string IdempotencyHeader = "Idempotency-Key";

    /// <summary>Says that an answer is that of an earlier call.</summary>
    public const string RepeatHeader = "Idempotency-Replayed";

    private const string Requests = "/api/v1/requests";
    private const int UsualLimit = 50;
    private const int MaxLimit = 100;
    private const int MaxCursor = 19; // digits of the largest id

    public static void MapApi(this IEndpointRouteBuilder app)
    {
        app.MapOpenApi("/openapi/v1.json").AllowAnonymous().RequireRateLimiting(RateLimits.Link);
        app.MapApiReference();

        app.MapPost(Requests, CreateAsync).NeedsKey(ApiScope.WriteRequests).WithName("createRequest").WithTags("Requests")
            .WithSummary("Make a request")
            .WithDescription($"With recipients it is mailed at once, else it stays a draft. Name each call in the header "
                + $"{IdempotencyHeader}: for 24 hours a repeat with the same body gets the same answer and sends nothing again.")
            .Produces<CreatedRequest>(StatusCodes.Status201Created).Refuses(400, 409, 413, 415, 422);
        app.MapGet(Requests, ListAsync).NeedsKey(ApiScope.ReadRequests).WithName("listRequests").WithTags("Requests")
            .WithSummary("List requests")
            .WithDescription("Newest first. Give the answer's next as the cursor of the following call.")
            .Produces<RequestListing>().Refuses(400);
        app.MapGet($"{Requests}/{{id}}", FindAsync).NeedsKey(ApiScope.ReadRequests).WithName("getRequest").WithTags("Requests")
            .WithSummary("Read a request")
            .WithDescription("With its recipients, what was granted of what was asked for, and what happened.")
            .Produces<RequestView>().Refuses(404);
        app.MapPost($"{Requests}/{{id}}/resend", ResendAsync).NeedsKey(ApiScope.WriteRequests).WithName("resendRequest")
            .WithTags("Requests")
            .WithSummary("Mail a request again")
            .WithDescription("To its recipients, except those whose mail came back or who were mailed less than a minute ago; the "
                + "link lives on from now. Where nobody remains, it is refused: with when to come back where only the minute is missing.")
            .Produces<SentView>().Refuses(404, 409, 422);
        app.MapPost($"{Requests}/{{id}}/link", CopyLinkAsync).NeedsKey(ApiScope.WriteRequests).WithName("getRequestLink")
            .WithTags("Requests")
            .WithSummary("Get a request's link")
            .WithDescription("To hand it to the client yourself. A draft's link begins to live.")
            .Produces<LinkView>().Refuses(404, 409);
        app.MapDelete($"{Requests}/{{id}}", DeleteAsync).NeedsKey(ApiScope.WriteRequests).WithName("deleteRequest").WithTags("Requests")
            .WithSummary("Delete a request")
            .WithDescription("Its link stops working at once. What was granted stays granted. A completed request cannot be deleted.")
            .Produces(StatusCodes.Status204NoContent).Refuses(404, 409);
        app.MapGet("/api/v1/connections", ListConnectionsAsync).NeedsKey(ApiScope.ReadConnections).WithName("listConnections")
            .WithTags("Connections").WithSummary("List connected accounts and shared assets")
            .WithDescription("Newest first. Give the answer's next as the cursor of the following call.")
            .Produces<ConnectionListing>().Refuses(400);
        app.MapSyncs();
    }

    private static async Task<IResult> CreateAsync(
        HttpContext context, RequestOrders orders, ApiProblems problems, CancellationToken cancellationToken)
    {
        var names = context.Request.Headers[IdempotencyHeader];
        if (names.Count > 1) return problems.Of(new IdempotencyKeyRefused());
        var body = await ApiBody.ReadAsync<NewRequestBody>(context.Request, cancellationToken);
        if (!body.Succeeded) return problems.Of(body.Error);
        var order = Order(body.Value);
        if (!order.Succeeded) return problems.Of(order.Error);

        var made = await orders.CreateAsync(CallerOf(context), order.Value, names.Count == 0 ? null : names[0] ?? "", cancellationToken);
        if (!made.Succeeded) return problems.Of(made.Error);
        if (made.Value.IsRepeat) context.Response.Headers[RepeatHeader] = "true";
        return TypedResults.Created($"{Requests}/{made.Value.Id}", ApiViews.Of(made.Value));
    }

    private static async Task<IResult> ListAsync(
        HttpContext context, string? status, string? search, string? cursor, string? limit, RequestTable table, ApiProblems problems,
        TimeProvider clock, CancellationToken cancellationToken)
    {
        ApiRequestStatus? wanted = null;
        if (status is not null)
        {
            if (!Enum.GetNames<ApiRequestStatus>().Contains(status, StringComparer.Ordinal))
                return problems.Of(new QueryRefused(nameof(status)));
            wanted = Enum.Parse<ApiRequestStatus>(status);
        }

        if (search?.Length > RequestSearch.MaxLength) return problems.Of(new QueryRefused(nameof(search)));
        if (Page(cursor, limit) is not { Succeeded: true, Value: var page }) return problems.Of(Page(cursor, limit).Error!);
        var query = new RequestQuery(
            search, wanted is { } filter ? ApiViews.StatusOf(filter) : null,
            Cursor: page.After is { } after ? new RequestCursor(RequestId.From(after), "", false) : null, Size: page.Size);
        return TypedResults.Ok(
            ApiViews.Of(await table.ListAsync(CallerOf(context).Caller.Scope, query, cancellationToken), clock.GetUtcNow()));
    }

    private static async Task<IResult> FindAsync(
        HttpContext context, string id, RequestDetailsReader reader, ApiProblems problems, CancellationToken cancellationToken) =>
        Id(id) is { } number
            && await reader.FindAsync(CallerOf(context).Caller.Scope, RequestId.From(number), cancellationToken) is { } details
            ? TypedResults.Ok(ApiViews.Of(details))
            : problems.Of(new RequestNotFound());

    private static async Task<IResult> ResendAsync(
        HttpContext context, string id, RequestService requests, ApiProblems problems, CancellationToken cancellationToken) =>
        Answer(Id(id) is { } number
            ? await requests.ResendAsync(CallerOf(context).Caller, RequestId.From(number), cancellationToken)
            : new RequestNotFound(),
            problems, mails => TypedResults.Ok(new SentView { Mails = mails }));

    private static async Task<IResult> CopyLinkAsync(
        HttpContext context, string id, RequestService requests, ApiProblems problems, CancellationToken cancellationToken) =>
        Answer(Id(id) is { } number
            ? await requests.CopyLinkAsync(CallerOf(context).Caller, RequestId.From(number), cancellationToken)
            : new RequestNotFound(),
            problems, link => TypedResults.Ok(new LinkView { Link = link.AbsoluteUri }));

    private static async Task<IResult> DeleteAsync(
        HttpContext context, string id, RequestService requests, ApiProblems problems, CancellationToken cancellationToken) =>
        Answer(Id(id) is { } number
            ? await requests.DeleteAsync(CallerOf(context).Caller, RequestId.From(number), cancellationToken)
            : new RequestNotFound(),
            problems, _ => TypedResults.NoContent());

    private static async Task<IResult> ListConnectionsAsync(
        HttpContext context, string? cursor, string? limit, ConnectionList connections, ApiProblems problems,
        CancellationToken cancellationToken) =>
        Page(cursor, limit) is { Succeeded: true, Value: var page }
            ? TypedResults.Ok(
                ApiViews.Of(await connections.ListAsync(CallerOf(context).Caller.Scope, page.After, page.Size, cancellationToken)))
            : problems.Of(Page(cursor, limit).Error!);

    /// <summary>Lets programs call an endpoint by a key with this permission.</summary>
    public static RouteHandlerBuilder NeedsKey(this RouteHandlerBuilder endpoint, ApiScope scope) => endpoint
        .WithMetadata(new ApiEndpoint(scope)).RequireAuthorization(policy => ApiKeyHandler.Require(policy, scope))
        .RequireRateLimiting(RateLimits.Api).Refuses(401, 403, 429, 503);

    /// <summary>Names the statuses of its refusals.</summary>
    public static RouteHandlerBuilder Refuses(this RouteHandlerBuilder endpoint, params int[] statuses)
    {
        foreach (var status in statuses) endpoint.Produces<ApiProblem>(status, ApiProblems.ContentType);
        return endpoint;
    }

    /// <summary>Who calls.</summary>
    public static ApiCaller CallerOf(HttpContext context) => context.Features.GetRequiredFeature<ApiCaller>();

    private static IResult Answer<T>(Result<T> result, ApiProblems problems, Func<T, IResult> answer) =>
        result.Succeeded ? answer(result.Value) : problems.Of(result.Error);

    private static Result<RequestOrder> Order(NewRequestBody body)
    {
        AgencyFacebookUserId? facebookUser = null;
        if (body.FacebookUserId is { } text)
        {
            if (Id(text) is not { } number) return new BusinessManagerRefused(); // nobody has such an id
            facebookUser = AgencyFacebookUserId.From(number);
        }

        if (body.Services.Any(s => s is null)) return new BodyRefused("$.services");
        if (body.Recipients?.Any(r => r is null) == true) return new BodyRefused("$.recipients");
        return new RequestOrder(
            body.Message, [.. body.Services.Select(s => new PlatformKey(s))], facebookUser, body.BusinessManagerId, body.Language,
            body.Recipients ?? []);
    }

    /// <summary>Which page is asked for, or a <see cref="QueryRefused"/>.</summary>
    public static Result<Paging> Page(string? cursor, string? limit)
    {
        var size = UsualLimit;
        if (limit is not null
            && (!int.TryParse(limit, NumberStyles.None, CultureInfo.InvariantCulture, out size) || size is < 1 or > MaxLimit))
            return new QueryRefused(nameof(limit));
        if (cursor is null) return new Paging(null, size);
        return Id(cursor) is { } after ? new Paging(after, size) : new QueryRefused(nameof(cursor));
    }

    /// <summary>An id as it stands in addresses; null for what is none.</summary>
    public static long? Id(string text) =>
        text.Length <= MaxCursor && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id) && id > 0 ? id : null;

    /// <summary>Which page of a list.</summary>
    /// <param name="After">The last id of the page before; null = the first page.</param>
    /// <param name="Size">How many.</param>
    internal sealed record Paging(long? After, int Size);
}
