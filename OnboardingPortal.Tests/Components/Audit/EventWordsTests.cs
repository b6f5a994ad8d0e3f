using System.Globalization;
using Microsoft.Extensions.Localization;
using OnboardingPortal.App.Components.Audit;
using OnboardingPortal.App.Components.Requests;
using OnboardingPortal.Core.Audit;
using OnboardingPortal.Core.Platforms;
using OnboardingPortal.Tests.Support;

namespace OnboardingPortal.Tests.Components.Audit;

public sealed class EventWordsTests : PortalContext
{
    [Theory]
    [InlineData("en")]
    [InlineData("de")]
    public void Every_event_has_a_sentence(string language)
    {
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(language);
        var text = Portal.Get<IStringLocalizer<AuditText>>();
        Assert.DoesNotContain(Enum.GetValues<AuditKind>(), kind => text[$"Event{kind}"].ResourceNotFound);
    }

    [Fact]
    public void Braces_in_a_clients_name_do_no_harm() =>
        Assert.Equal("{0} {9} opened the link", Words(AuditKind.LinkOpened, new Actor(ActorKind.Participant, 1, "{0} {9}", null)));

    [Fact]
    public void Somebody_not_yet_known_is_called_somebody() => Assert.StartsWith("Somebody ", Words(AuditKind.LinkOpened, Actor.Visitor(null)), StringComparison.Ordinal);

    private string Words(AuditKind kind, Actor actor) => new EventWords(Portal.Get<IStringLocalizer<AuditText>>(), Portal.Get<IStringLocalizer<RequestsText>>(), Portal.Get<PlatformCatalog>())
        .For(new AuditEvent(AuditEventId.New(Clock), Owner.Agency, Clock.Now, kind, actor, null, Mailchimp, null));
}
