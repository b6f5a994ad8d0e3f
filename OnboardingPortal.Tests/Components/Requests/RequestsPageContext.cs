using AngleSharp.Dom;
using Bunit;
using OnboardingPortal.App.Features.Requests;
using OnboardingPortal.Core.Agencies;
using OnboardingPortal.Tests.Support;

namespace OnboardingPortal.Tests.Components.Requests;

/// <summary>A test of the live table as the owner sees it.</summary>
public abstract class RequestsPageContext : PortalContext
{
    protected override void Register(IServiceCollection services) => services.AddPortalIdentity();

    protected IRenderedComponent<RequestsPage> Open(string query = "")
    {
        Navigation.NavigateTo("/collaboration/requests" + query);
        var page = RenderFor<RequestsPage>(Owner);
        page.WaitForAssertion(() => Assert.Empty(page.FindAll(".mud-skeleton")));
        return page;
    }

    protected static Task ActAsync(IRenderedComponent<RequestsPage> page, string kind, RequestId id, bool on = false) =>
        page.Find("tbody").TriggerEventAsync("onrowaction", new RowActionEventArgs { Kind = kind, Id = id.ToString(), On = on });

    protected static async Task SelectAsync(IRenderedComponent<RequestsPage> page, params RequestId[] ids)
    {
        foreach (var id in ids) await ActAsync(page, "select", id, on: true);
    }

    protected static IReadOnlyList<string> Recipients(IRenderedComponent<RequestsPage> page) =>
        [.. page.FindAll("tbody a").Select(a => a.TextContent)];

    protected static IElement Row(IRenderedComponent<RequestsPage> page, RequestId id) => page.Find($"tr[data-id='{id}']");

    protected async Task ManyAsync(int count)
    {
        for (var i = 1; i <= count; i++) await ARequest().For($"r{i:00}@bakery.example").SentAsync();
    }
}
