using Microsoft.EntityFrameworkCore;
using OnboardingPortal.Core.Connections;
using OnboardingPortal.Core.Data;
using OnboardingPortal.Core.Platforms;
using OnboardingPortal.Core.Platforms.Facebook;
using OnboardingPortal.Core.Platforms.Mailchimp;
using OnboardingPortal.Core.Requests;

namespace OnboardingPortal.Tests.Support;

/// <summary>A request as a test needs it: valid, and only what the test is about said.</summary>
public sealed class RequestBuilder(TestPortal portal)
{
    /// <summary>The agency's Business Manager that receives what clients share.</summary>
    public static readonly BusinessManager Business = new("555000111222333", "Brightside Business", IsAdmin: true, "122100000000000001");

    private readonly List<PlatformKey> _platforms = [];
    private string[] _recipients = ["hello@bakery.example"];
    private string _message = "Hi, here is the link we spoke of.";
    private string? _language;
    private AgencyCaller _requester = portal.Owner;
    private bool _facebook;

    public RequestBuilder For(params string[] recipients)
    {
        _recipients = recipients;
        return this;
    }

    public RequestBuilder By(AgencyCaller requester)
    {
        _requester = requester;
        return this;
    }

    public RequestBuilder Saying(string message)
    {
        _message = message;
        return this;
    }

    public RequestBuilder In(string language)
    {
        _language = language;
        return this;
    }

    public RequestBuilder Asking(params PlatformKey[] platforms)
    {
        _platforms.AddRange(platforms);
        _facebook = _platforms.Contains(FacebookDefaults.Key);
        return this;
    }

    /// <summary>Saved, not sent: nobody has its link.</summary>
    public async Task<GivenRequest> DraftAsync()
    {
        var cancel = TestContext.Current.CancellationToken;
        var facebookUser = _facebook ? await AFacebookUserAsync(portal, _requester) : (AgencyFacebookUserId?)null;
        var input = new RequestTerms(
            _message, _platforms.Count > 0 ? _platforms : [MailchimpDefaults.Key], facebookUser, _facebook ? Business.ExternalId : null,
            _language);
        var id = await portal.Get<RequestService>().CreateAsync(_requester, input, cancel);
        return new GivenRequest(portal, id.Value, _requester, null);
    }

    /// <summary>Mailed to its recipients.</summary>
    public async Task<GivenRequest> SentAsync()
    {
        var cancel = TestContext.Current.CancellationToken;
        var draft = await DraftAsync();
        var sent = await portal.Get<RequestService>().SendAsync(_requester, draft.Id, string.Join(',', _recipients), cancel);
        if (!sent.Succeeded) throw new InvalidOperationException($"Refused: {sent.Error}");
        return await draft.WithLinkAsync();
    }

    /// <summary>The agency's Facebook user, Admin of <see cref="Business"/> and employee of another; made when missing.</summary>
    public static async Task<AgencyFacebookUserId> AFacebookUserAsync(TestPortal portal, AgencyCaller caller)
    {
        var cancel = TestContext.Current.CancellationToken;
        var service = portal.Get<AgencyFacebookService>();
        var known = await service.ListAsync(caller.Agency, cancel);
        if (known.Count > 0) return known[0].Id;
        var signIn = new PlatformSignIn(
            new PlatformAccount("10215000000000099", "Agency admin", null),
            new PlatformCredentials("agency-token", null, portal.Clock.Now.AddDays(60), null));
        await service.ConnectAsync(
            caller, signIn, [Business, new BusinessManager("555000999", "Side Business", IsAdmin: false, "1221")], cancel);
        return (await service.ListAsync(caller.Agency, cancel))[0].Id;
    }
}

/// <summary>A request that a test was given.</summary>
/// <param name="Portal">Where.</param>
/// <param name="Id">Which.</param>
/// <param name="Requester">Who saved it.</param>
/// <param name="Link">Its link; null for a draft.</param>
public sealed record GivenRequest(TestPortal Portal, RequestId Id, AgencyCaller Requester, Uri? Link)
{
    /// <summary>The secret part of its link.</summary>
    public string Token => Link!.Segments[^1];

    /// <summary>A recipient's own link, read without a trace.</summary>
    public async Task<Uri> LinkOfAsync(string recipient)
    {
        await using var db = Portal.Get<PortalDbContextFactory>().Create(Requester.Agency);
        var copy = await db.Recipients.Where(r => r.RequestId == Id && r.Email == recipient).Select(r => r.LinkTokenProtected)
            .SingleAsync(TestContext.Current.CancellationToken);
        return Portal.Get<LinkTokens>().LinkOf(copy!, Portal.Get<PortalAddress>().Public);
    }

    /// <summary>The same with its link, read without a trace in the timeline.</summary>
    public async Task<GivenRequest> WithLinkAsync()
    {
        await using var db = Portal.Get<PortalDbContextFactory>().Create(Requester.Agency);
        var copy = await db.Requests.Where(r => r.Id == Id).Select(r => r.LinkTokenProtected)
            .SingleAsync(TestContext.Current.CancellationToken);
        return this with { Link = Portal.Get<LinkTokens>().LinkOf(copy!, Portal.Get<PortalAddress>().Public) };
    }
}
