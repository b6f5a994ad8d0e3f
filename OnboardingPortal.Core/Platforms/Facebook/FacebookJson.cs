using System.Text.Json;
using System.Text.Json.Serialization;

namespace OnboardingPortal.Core.Platforms.Facebook;

/// <summary>Graph's shapes, as far as they are read.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, NumberHandling = JsonNumberHandling.AllowReadingFromString)]
[JsonSerializable(typeof(GraphErrorBody))]
[JsonSerializable(typeof(GraphToken))]
[JsonSerializable(typeof(GraphTokenCheck))]
[JsonSerializable(typeof(GraphPerson))]
[JsonSerializable(typeof(GraphShare))]
[JsonSerializable(typeof(GraphPage<GraphAssignedUser>))]
[JsonSerializable(typeof(GraphPage<GraphPermission>))]
[JsonSerializable(typeof(GraphPage<GraphBusiness>))]
[JsonSerializable(typeof(GraphPage<GraphBusinessUser>))]
[JsonSerializable(typeof(GraphPage<GraphAdAccount>))]
[JsonSerializable(typeof(GraphPage<GraphPageNode>))]
internal sealed partial class FacebookJson : JsonSerializerContext;

internal sealed record GraphErrorBody(GraphError? Error);

internal sealed record GraphError(
    int Code, int? ErrorSubcode, string? Type, string? Message, string? ErrorUserTitle, string? ErrorUserMsg, string? FbtraceId,
    JsonElement? ErrorData = null);

internal sealed record GraphToken(string? AccessToken, long? ExpiresIn);

internal sealed record GraphTokenCheck(GraphTokenCheckData? Data);

internal sealed record GraphTokenCheckData(string? AppId, bool IsValid, string? UserId, long? ExpiresAt);

internal sealed record GraphPerson(string? Id, string? Name, string? Email);

internal sealed record GraphPermission(string? Permission, string? Status);

internal sealed record GraphBusiness(string? Id, string? Name);

internal sealed record GraphBusinessUser(string? Id, string? Name, string? Role, GraphBusiness? Business);

internal sealed record GraphAdAccount(
    string? Id, string? Name, int? AccountStatus, GraphBusiness? Business, IReadOnlyList<string>? PermittedTasks);

internal sealed record GraphPageNode(
    string? Id, string? Name, string? AccessToken, bool? IsPublished, GraphBusiness? Business, IReadOnlyList<string>? Tasks,
    IReadOnlyList<string>? PermittedTasks);

/// <summary>What sharing or asking for an asset answers.</summary>
internal sealed record GraphShare(bool? Success, bool? RequiresAdminApproval, string? AccessStatus);

internal sealed record GraphAssignedUser(string? Id, IReadOnlyList<string>? Tasks);

internal sealed record GraphPage<T>(IReadOnlyList<T>? Data, GraphPaging? Paging);

internal sealed record GraphPaging(GraphCursors? Cursors, string? Next);

internal sealed record GraphCursors(string? After);
