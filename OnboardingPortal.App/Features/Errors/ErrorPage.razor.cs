using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Diagnostics;
using OnboardingPortal.App.Hosting;
using OnboardingPortal.App.Hosting.Telemetry;
using OnboardingPortal.App.Security;

namespace OnboardingPortal.App.Features.Errors;

/// <summary>Stands in the place of a page that ended by an exception.</summary>
public sealed partial class ErrorPage
{
    private string _number = "";
    private bool _isTroubled; // by the database, for a while
    private bool _isForm;
    private string? _page;

    [CascadingParameter] private HttpContext Http { get; set; } = null!;

    protected override void OnInitialized()
    {
        // The number that the log's lines of this request carry.
        _number = TraceNumber.Of(Http);
        if (!Http.Response.HasStarted && Http.Response.StatusCode == StatusCodes.Status200OK)
            Http.Response.StatusCode = StatusCodes.Status500InternalServerError;
        _isTroubled = DatabaseAnswers.IsTroubled(Http);
        if (_isTroubled && !Http.Response.HasStarted) DatabaseAnswers.TellWhenToComeBack(Http.Response);
        _isForm = HttpMethods.IsPost(Http.Request.Method);
        _page = PageThatEnded();
    }

    /// <summary>The address of the page in whose place this one stands; null where that was no page.</summary>
    private string? PageThatEnded()
    {
        if (Http.Features.Get<IExceptionHandlerPathFeature>() is not { } ended) return null;
        if (ended.Endpoint?.Metadata.GetMetadata<ComponentTypeMetadata>() is null) return null;
        var address = $"{new PathString(ended.Path)}{Http.Request.QueryString}";
        return LocalAddress.IsLocal(address) ? address : null;
    }
}
