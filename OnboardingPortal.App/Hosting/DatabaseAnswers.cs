using System.Globalization;
using Microsoft.AspNetCore.Diagnostics;
using OnboardingPortal.Core.Data;

namespace OnboardingPortal.App.Hosting;

/// <summary>What the portal answers while its database cannot be used.</summary>
internal static class DatabaseAnswers
{
    /// <summary>The error page, with 503 where waiting helps; such a trouble is in the log already.</summary>
    public static ExceptionHandlerOptions ErrorPage { get; } = new()
    {
        ExceptionHandlingPath = "/error",
        CreateScopeForErrors = true,
        StatusCodeSelector = exception => DatabaseTrouble.Is(exception)
            ? StatusCodes.Status503ServiceUnavailable
            : StatusCodes.Status500InternalServerError,
        SuppressDiagnosticsCallback = failed => DatabaseTrouble.IsLogged(failed.Exception),
    };

    /// <summary>Whether what is being answered is that the database cannot be used: that answer must not ask the database.</summary>
    public static bool IsTroubled(HttpContext context) => DatabaseTrouble.Is(context.Features.Get<IExceptionHandlerFeature>()?.Error);

    public static void TellWhenToComeBack(HttpResponse response) =>
        response.Headers.RetryAfter = ((int)DatabaseTrouble.Wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
}
