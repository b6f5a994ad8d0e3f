using OnboardingPortal.Core.Agencies;
using OnboardingPortal.Core.Connect;
using OnboardingPortal.Core.Data;
using OnboardingPortal.Core.Outbox;
using OnboardingPortal.Core.Platforms;
using OnboardingPortal.Core.Platforms.Facebook;
using OnboardingPortal.Core.Platforms.Mailchimp;
using OnboardingPortal.Core.Requests;
using OnboardingPortal.Core.Wizard;

namespace OnboardingPortal.Tests.Support;

/// <summary>A test over the real services and one of the databases; a sealed subclass for each database runs it there.</summary>
public abstract class PortalTest(DatabaseProvider database) : IAsyncLifetime
{
    protected static readonly PlatformKey Facebook = FacebookDefaults.Key;
    protected static readonly PlatformKey Mailchimp = MailchimpDefaults.Key;

    /// <summary>The runner's token.</summary>
    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    protected TestPortal Portal { get; private set; } = null!;

    protected FakeTime Clock => Portal.Clock;

    protected StubHttp Http => Portal.Http;

    protected RecordingTransport Mail => Portal.Mail;

    protected AgencyCaller Owner => Portal.Owner;

    protected AgencyCaller Member => Portal.Member;

    protected AgencyCaller Stranger => Portal.Stranger;

    protected RequestService Requests => Portal.Get<RequestService>();

    protected LinkService Links => Portal.Get<LinkService>();

    protected WizardService Wizard => Portal.Get<WizardService>();

    protected RequestTable Table => Portal.Get<RequestTable>();

    protected OutboxDelivery Outbox => Portal.Get<OutboxDelivery>();

    /// <summary>What the portal is configured with beyond the usual.</summary>
    protected virtual Dictionary<string, string?> Settings => [];

    /// <summary>Adds services beyond the usual.</summary>
    protected virtual void Register(IServiceCollection services)
    {
    }

    public virtual async ValueTask InitializeAsync() => Portal = await TestPortal.StartAsync(database, Settings, Register, Cancel);

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (Portal is not null) await Portal.DisposeAsync(); // null when the test was skipped
    }

    protected RequestBuilder ARequest() => new(Portal);

    /// <summary>Somebody who opened the request's link and said who they are.</summary>
    protected async Task<ClientCaller> AParticipant(GivenRequest request, string name = "The baker") => Value(
        await Links.IdentifyAsync(request.Token, new Visitor(name, "client@bakery.example"), "198.51.100.7", Cancel));

    /// <summary>An account that a participant signed in to.</summary>
    protected async Task<ConnectionId> AnAccount(
        ClientCaller participant, PlatformKey platform, string id = "account-1", string name = "Blue Bakery",
        string token = "client-token") => Value(
        await Portal.Get<ClientAccounts>().AttachAsync(
            participant, platform,
            new PlatformSignIn(new PlatformAccount(id, name, null), new PlatformCredentials(token, null, null, null)), Cancel));

    /// <summary>An agency's own host, shown to be its own by a TXT record. The white label is on.</summary>
    protected async Task ShowHostAsync(AgencyCaller caller, string host)
    {
        var branding = Portal.Get<BrandingService>();
        var (input, logo) = (BrandingInput.Of(null) with { IsOn = true, PublicHost = host }, new LogoChange(true, Pictures.Png()));
        Assert.Null(await branding.SaveAsync(caller, input, logo, Cancel));
        await ShowHostAsync(caller);
    }

    /// <summary>Shows the host that was saved to be the agency's own.</summary>
    protected async Task ShowHostAsync(AgencyCaller caller)
    {
        var wanted = Value(await Portal.Get<BrandingService>().GetAsync(caller, Cancel)).Host!;
        (Portal.Names[wanted.Host], Portal.Texts[wanted.Proof!.RecordName]) = ([], [wanted.Proof.Value]);
        Assert.Null(await Portal.Get<OwnHosts>().CheckAsync(caller, Cancel));
        Assert.NotNull(Value(await Portal.Get<BrandingService>().GetAsync(caller, Cancel)).Host!.CheckedAt);
    }

    protected async Task<RequestDetails> DetailsOf(RequestId request) =>
        await Portal.Get<RequestDetailsReader>().FindAsync(Owner.Scope, request, Cancel)
            ?? throw new InvalidOperationException("The request is gone.");

    protected async Task<RequestRow> RowOf(RequestId request) =>
        await Table.FindAsync(Owner.Scope, request, Cancel) ?? throw new InvalidOperationException("The request is gone.");

    protected async Task<WizardState> WizardOf(ClientCaller participant) =>
        await Wizard.FindAsync(participant, Cancel) ?? throw new InvalidOperationException("The request is gone.");

    /// <summary>The value of a success; a refusal fails the test with its name.</summary>
    protected static T Value<T>(Result<T> result)
    {
        Assert.True(result.Succeeded, $"Refused: {result.Error}");
        return result.Value;
    }

    /// <summary>Goes on once something has happened that nobody tells of.</summary>
    protected static async Task UntilAsync(Func<bool> condition)
    {
        while (!condition())
        {
            Cancel.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }
}
