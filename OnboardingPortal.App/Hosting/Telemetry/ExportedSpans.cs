using System.Collections.Frozen;
using System.Diagnostics;
using OpenTelemetry;

namespace OnboardingPortal.App.Hosting.Telemetry;

/// <summary>
/// Lets nothing of a span leave but what is on a list: addresses of the portal hold links of clients, those of other sites name their
/// accounts, and what a framework adds with its next version is not known today.
/// </summary>
internal sealed class ExportedSpans : BaseProcessor<Activity>
{
    private const string Circuit = "Circuit";

    private static readonly FrozenSet<string> Kept = FrozenSet.Create(
        StringComparer.Ordinal,
        "http.request.method", "http.response.status_code", "http.route", "url.scheme", "network.protocol.version", "error.type",
        "db.system", "db.system.name", "db.operation.name", "db.query.text", "db.response.status_code", // values are parameters
        "aspnetcore.components.type", "aspnetcore.components.route", "aspnetcore.components.attribute.name", "code.function.name",
        "portal.platform");

    public override void OnEnd(Activity data)
    {
        foreach (var name in data.TagObjects.Select(tag => tag.Key).Where(name => !Kept.Contains(name)).ToList()) data.SetTag(name, null);
        if (data.StatusDescription is not null) data.SetStatus(data.Status); // an exception's words
        if (data.DisplayName.StartsWith(Circuit, StringComparison.Ordinal)) data.DisplayName = Circuit; // Blazor adds its id
    }
}
