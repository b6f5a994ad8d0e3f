using Microsoft.Extensions.Localization;
using MudBlazor;

namespace OnboardingPortal.App.Features.Requests;

/// <summary>The pages above those of requests.</summary>
public static class RequestTrail
{
    public static IReadOnlyList<BreadcrumbItem> OfRequests(IStringLocalizer<RequestsText> text) =>
        [new(text["RequestsTitle"], "/collaboration/requests")];

    public static IReadOnlyList<BreadcrumbItem> OfRequest(IStringLocalizer<RequestsText> text, RequestId id) =>
        [.. OfRequests(text), new(text["RequestTitle"], $"/collaboration/requests/{id}")];
}
