using System.Text.Json;

namespace OnboardingPortal.Sandbox.Facebook.Graph;

/// <summary>The parameter <c>session</c>.</summary>
/// <remarks><c>Session</c>: 0 when there is none, as some big senders have it.</remarks>
internal sealed record AudienceBatchHead(long Session, int Sequence, bool IsLast, long Total)
{
    /// <summary>Null when it makes no sense.</summary>
    public static AudienceBatchHead? Read(GraphCall call)
    {
        if (call.Parameter("session") is null)
            return new(0, 1, true, 0);
        if (GraphParameters.Object(call, "session") is not { } session || Number(session, "session_id") is not { } id
            || Number(session, "batch_seq") is not { } sequence || id < 1 || sequence is < 1 or > int.MaxValue)
            return null;
        var isLast = session.TryGetProperty("last_batch_flag", out var last) && last.ValueKind == JsonValueKind.True;
        return new(id, (int)sequence, isLast, Number(session, "estimated_num_total") ?? 0);
    }

    private static long? Number(JsonElement session, string name) =>
        session.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number)
            ? number
            : null;
}
