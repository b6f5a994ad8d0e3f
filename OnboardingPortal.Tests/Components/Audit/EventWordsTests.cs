using System.Globalization;
using Microsoft.Extensions.Localization;
using OnboardingPortal.App.Features.Audit;
using OnboardingPortal.App.Features.Requests;
using OnboardingPortal.Core.Agencies;
using OnboardingPortal.Core.Audit;
using OnboardingPortal.Core.Platforms;
using OnboardingPortal.Core.Requests;
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
    public void What_was_changed_of_a_request_is_said_in_the_readers_language()
    {
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("de");
        var changed = new RequestDifference(true, [Facebook], [Mailchimp], "Brightside, Berlin").ToString();

        Assert.Equal(
            "{2} hat die Anfrage geändert (Nachricht, Facebook hinzugefügt, Mailchimp entfernt, Business Manager Brightside, Berlin)".Replace("{2}", "Ann", StringComparison.Ordinal),
                Words(AuditKind.RequestChanged, new Actor(ActorKind.AgencyUser, 1, "Ann", null), changed));
    }

    [Theory]
    [InlineData(AuditKind.LinkReplaced, "en", "Ann made a new link for anna@bakery.example in the place of the one before")]
    [InlineData(AuditKind.LinkReplaced, "de", "Ann hat den Link von anna@bakery.example durch einen neuen ersetzt")]
    [InlineData(AuditKind.LinkOpened, "en", "Ann opened the link of anna@bakery.example")]
    [InlineData(AuditKind.RequestViewed, "en", "Ann came by the link of anna@bakery.example, said who they are and sees the request")]
    public void Whose_link_it_was_is_said(AuditKind kind, string language, string expected)
    {
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(language);
        Assert.Equal(expected, Words(kind, new Actor(ActorKind.Participant, 1, "Ann", null), "anna@bakery.example"));
    }

    [Fact]
    public void Somebody_not_yet_known_is_called_somebody() =>
        Assert.StartsWith("Somebody ", Words(AuditKind.LinkOpened, Actor.Visitor(null)), StringComparison.Ordinal);

    [Theory]
    [InlineData("en")]
    [InlineData("de")]
    public void Every_setting_that_can_change_has_a_word(string language)
    {
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(language);
        var text = Portal.Get<IStringLocalizer<AuditText>>();
        var fields = new[]
        {
            typeof(BrandingInput), typeof(CollaborationSettings)
        }.SelectMany(type => type.GetProperties().Select(p => p.Name)).Append("Logo");
        Assert.DoesNotContain(fields, name => text[$"Field{name}"].ResourceNotFound);
    }

    [Theory]
    [InlineData(AuditKind.BrandingChanged, "IsOn, Colour", "en", "The owner changed the white label (switch, brand colour)")]
    [InlineData(AuditKind.BrandingChanged, "Logo, SomethingOfOld", "de", "The owner hat das White Label geändert (Logo, SomethingOfOld)")]
    [InlineData(AuditKind.SettingsChanged, "LinkLife, Visibility", "de", "The owner hat die Einstellungen der Zusammenarbeit geändert "
        + "(Gültigkeit der Links, wer Anfragen sieht)")]
    [InlineData(AuditKind.SettingsChanged, null, "en", "The owner changed the collaboration settings")]
    [InlineData(AuditKind.UserRoleChanged, "The: member: MainUser", "en", "The owner made The: member a main user")]
    [InlineData(AuditKind.UserRoleChanged, "The member: SubUser", "de", "The owner hat The member zum Unternutzer gemacht")]
    public void What_a_person_reads_holds_no_name_from_the_program(AuditKind kind, string? detail, string language, string expected)
    {
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(language);
        Assert.Equal(expected, Words(kind, new Actor(ActorKind.AgencyUser, 1, "The owner", null), detail));
    }

    private string Words(AuditKind kind, Actor actor, string? detail = null) => new EventWords(
        Portal.Get<IStringLocalizer<AuditText>>(), Portal.Get<IStringLocalizer<RequestsText>>(), Portal.Get<PlatformCatalog>())
        .For(new AuditEvent(AuditEventId.New(Clock), Owner.Agency, Clock.Now, kind, actor, null, Mailchimp, detail));
}
