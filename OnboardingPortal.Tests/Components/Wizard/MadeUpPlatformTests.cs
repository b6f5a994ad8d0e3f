using Bunit;
using OnboardingPortal.Core.Connect;
using OnboardingPortal.Core.Platforms;
using OnboardingPortal.Core.Requests;
using OnboardingPortal.Tests.Support;

using WizardView = OnboardingPortal.App.Features.Wizard.Wizard;

namespace OnboardingPortal.Tests.Components.Wizard;

/// <summary>A platform is added by its class and one line of registration: nothing else of the portal knows of it.</summary>
public sealed class MadeUpPlatformTests : PortalContext
{
    [Fact]
    public async Task A_platform_that_is_only_registered_goes_through_the_whole_wizard()
    {
        var request = await ARequest().Asking(MadeUpPlatform.Key).SentAsync();
        var client = await AParticipant(request);
        var wizard = RenderFor<WizardView>(Owner, p => p.Add(w => w.Caller, client));
        wizard.WaitForAssertion(() => Assert.Single(Buttons(wizard, "Add Made-up CRM")));

        await Button(wizard, "Add Made-up CRM").ClickAsync(new());
        Assert.Contains("contacts and lists of your Made-up CRM account", wizard.Markup, StringComparison.Ordinal);
        await Button(wizard, "Proceed").ClickAsync(new());
        var ticket = Navigation.Uri.Split("/connect/madeup/start?ticket=")[1];

        var connect = Portal.Get<ConnectService>();
        var start = Value(await connect.StartAsync(MadeUpPlatform.Key, ticket, null, _ => true, Cancel));
        var state = start.Address.Query.Split("state=")[1];
        Assert.Null(
            Value(await connect.FinishAsync(
                MadeUpPlatform.Key, new ConnectAnswer(state, "code"), start.BrowserSecret, null, Cancel)).Failure);

        Portal.Get<RequestFeed>().Publish(Owner.Agency, request.Id);
        wizard.WaitForAssertion(() => Assert.Contains("Connected as Blue Bakery", wizard.Markup, StringComparison.Ordinal));
        await Button(wizard, "Close").ClickAsync(new());
        await Button(wizard, "Next Step").ClickAsync(new());

        wizard.WaitForAssertion(() => Assert.EndsWith("/done", Navigation.Uri, StringComparison.Ordinal));
        Assert.Equal(RequestStatus.Connected, (await DetailsOf(request.Id)).Status);
        Assert.Contains((await RowOf(request.Id)).Accounts, a => a is { Platform: "madeup", Connected: 1 });
    }

    protected override void Register(IServiceCollection services) => services.AddSingleton<IPlatformClient, MadeUpPlatform>();
}
