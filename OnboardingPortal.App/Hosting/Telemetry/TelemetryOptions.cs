using System.ComponentModel.DataAnnotations;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;

namespace OnboardingPortal.App.Hosting.Telemetry;

/// <summary>
/// The section <c>Telemetry</c>: what whoever runs the portal can see of it. All of it is off unless it is set. Where OTLP goes is told by
/// OpenTelemetry's own settings, such as <c>OTEL_EXPORTER_OTLP_ENDPOINT</c>.
/// </summary>
internal sealed class TelemetryOptions
{
    public const string Section = "Telemetry";

    /// <summary>The setting that switches OTLP on, named by OpenTelemetry.</summary>
    public const string OtlpEndpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";

    private const string Bearer = "Bearer ";

    /// <summary>
    /// An address of its own at which the node shows its metrics under <c>/metrics</c>, such as <c>http://10.0.0.5:9464</c>: then nowhere
    /// else. Null = none.
    /// </summary>
    [RegularExpression("http://[^/]+:[0-9]{1,5}/?", ErrorMessage = "Telemetry:MetricsUrl must be like http://10.0.0.5:9464.")]
    public string? MetricsUrl { get; set => field = NullIfEmpty(value); }

    /// <summary>What whoever reads the metrics must send as a bearer token; needed where there is no address of its own.</summary>
    [StringLength(500, MinimumLength = 32, ErrorMessage = "Telemetry:MetricsKey must have 32 characters or more.")]
    public string? MetricsKey { get; set => field = NullIfEmpty(value); }

    /// <summary>Whether the console gets a JSON object a line instead of text.</summary>
    public bool JsonLogs { get; set; }

    /// <summary>Whether Prometheus can read the metrics anywhere.</summary>
    public bool ShowsMetrics => MetricsUrl is not null || MetricsKey is not null;

    /// <summary>Whether a caller with such an <c>Authorization</c> header may read the metrics.</summary>
    public bool Admits(string authorization) => MetricsKey is null || (authorization.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase)
        && CryptographicOperations.FixedTimeEquals(Hash(authorization[Bearer.Length..].Trim()), Hash(MetricsKey)));

    private static string? NullIfEmpty(string? value) => string.IsNullOrWhiteSpace(value) ? null : value;

    private static byte[] Hash(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));
}

[OptionsValidator]
internal sealed partial class TelemetryOptionsValidator : IValidateOptions<TelemetryOptions>;
