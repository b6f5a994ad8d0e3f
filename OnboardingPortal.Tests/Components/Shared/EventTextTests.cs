using System.Globalization;
using Microsoft.Extensions.Localization;
using OnboardingPortal.App.Components.Shared;
using OnboardingPortal.Core.Audit;
using OnboardingPortal.Tests.Support;

namespace OnboardingPortal.Tests.Components.Shared;

public sealed class EventTextTests : PortalContext
{
    [Theory]
    [InlineData("en")]
    [InlineData("de")]
    public void Every_kind_of_event_has_a_sentence(string language)
    {
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(language);
        var text = Portal.Get<IStringLocalizer<EventText>>();
        Assert.DoesNotContain(Enum.GetNames<AuditKind>(), kind => text[kind].ResourceNotFound);
    }

    [Fact]
    public void Names_from_outside_are_shown_as_text_and_never_as_markup()
    {
        var hostile = new Actor(ActorKind.Participant, 1, "<script>alert(1)</script>", null);
        var text = RenderFor<EventText>(Owner, p => p.Add(t => t.Event, Event(AuditKind.SignedIn, hostile, "{0} <b>bold</b>")));
        Assert.Equal("<script>alert(1)</script> signed in at Mailchimp: {0} <b>bold</b>", text.Nodes.Single().TextContent);
    }

    [Fact]
    public void Somebody_not_yet_known_is_called_somebody()
    {
        var text = RenderFor<EventText>(Owner, p => p.Add(t => t.Event, Event(AuditKind.LinkOpened, Actor.Visitor(null), null)));
        Assert.Equal("Somebody opened the link", text.Nodes.Single().TextContent);
    }

    [Fact]
    public void A_cancelled_sign_in_says_so()
    {
        var client = new Actor(ActorKind.Participant, 1, "Carla Client", null);
        var text = RenderFor<EventText>(Owner, p => p.Add(t => t.Event, Event(AuditKind.SignInFailed, client, "Cancelled")));
        Assert.Equal("Carla Client did not finish signing in at Mailchimp", text.Nodes.Single().TextContent);
    }

    private AuditEvent Event(AuditKind kind, Actor actor, string? detail) =>
        new(AuditEventId.New(Clock), Owner.Agency, Clock.Now, kind, actor, null, Mailchimp, detail);
}
