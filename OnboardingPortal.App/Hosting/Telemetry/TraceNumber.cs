using System.Diagnostics;

namespace OnboardingPortal.App.Hosting.Telemetry;

/// <summary>
/// The one number under which what happened is found: every line of the log and every span of the same call carry it, problems and the
/// error page show it.
/// </summary>
internal static class TraceNumber
{
    /// <summary>The number of this request: 32 hex digits.</summary>
    public static string Of(HttpContext context) => Current ?? context.TraceIdentifier;

    /// <summary>The number of what is being done; null where nobody traces it.</summary>
    public static string? Current => Activity.Current?.TraceId.ToString();
}
