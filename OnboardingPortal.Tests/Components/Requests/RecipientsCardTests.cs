using Bunit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using OnboardingPortal.App.Features.Requests;
using OnboardingPortal.Core.Outbox;
using OnboardingPortal.Core.Platforms;
using OnboardingPortal.Tests.Support;

namespace OnboardingPortal.Tests.Components.Requests;

/// <summary>How far the mail to each recipient is.</summary>
public sealed class RecipientsCardTests : PortalContext
{
    private const string Words = "550 <b>no such user</b>";

    [Theory]
    [InlineData(EmailState.Queued, null, "on its way", "info", false)]
    [InlineData(EmailState.Sent, null, "sent", "success", false)]
    [InlineData(EmailState.Sent, DeliveryState.Processed, "sent", "success", false)]
    [InlineData(EmailState.Sent, DeliveryState.Delivered, "delivered", "success", false)]
    [InlineData(EmailState.Sent, DeliveryState.Deferred, "delayed", "warning", true)]
    [InlineData(EmailState.Sent, DeliveryState.Bounced, "came back", "error", true)]
    [InlineData(EmailState.Sent, DeliveryState.Dropped, "not sent", "error", true)]
    [InlineData(EmailState.Sent, DeliveryState.Spam, "marked as spam", "error", true)]
    [InlineData(EmailState.Dead, DeliveryState.Bounced, "refused", "error", true)]
    [InlineData(EmailState.Dead, null, "not delivered", "error", true)]
    public async Task A_recipient_says_how_far_the_mail_is_and_what_was_said(
        EmailState state, DeliveryState? delivery, string word, string look, bool says)
    {
        var request = await ARequest().SentAsync();
        await using (var db = Portal.Contexts.Create(Owner.Agency))
        {
            DateTimeOffset? at = delivery is null ? null : Clock.Now;
            await db.EmailMessages.ExecuteUpdateAsync(
                set => set.SetProperty(m => m.State, state).SetProperty(m => m.Delivery, delivery).SetProperty(m => m.DeliveryAt, at)
                    .SetProperty(m => m.DeliveryText, delivery == null ? null : Words)
                    .SetProperty(m => m.LastError, state == EmailState.Dead ? Words : null),
                Cancel);
        }

        var details = await DetailsOf(request.Id);
        var card = RenderFor<RecipientsCard>(Owner, p => p.Add(c => c.Details, details));

        var chip = card.Find(".state-chip");
        Assert.Equal((true, word), (chip.ClassList.Contains($"mud-chip-color-{look}"), chip.TextContent.Trim()));
        Assert.Equal(says ? [Words] : [], card.FindAll("details > :not(summary)").Select(s => s.TextContent));
    }

    [Fact]
    public async Task The_page_and_the_table_say_who_was_not_reached_until_it_is_sent_again()
    {
        var request = await ARequest().For("typo@bakery.example", "office@bakery.example").SentAsync();
        var mail = (await DetailsOf(request.Id)).Mails[0];
        await Portal.Get<DeliveryService>()
            .ApplyAsync([new DeliveryReport("e", DeliveryState.Bounced, Clock.Now, mail.To, mail.Id, null, Words)], Cancel);
        var lines = new RequestLines(new LineWords(Portal.Get<IStringLocalizer<RequestsText>>(), Portal.Get<PlatformCatalog>()), Clock);

        var (details, row) = (await DetailsOf(request.Id), await RowOf(request.Id));
        var hint = RenderFor<RequestHint>(Owner, p => p.Add(h => h.Details, details));

        Assert.Contains(
            "The email to typo@bakery.example did not arrive.", hint.Find("[role=alert]").TextContent, StringComparison.Ordinal);
        Assert.Equal(("is-pending is-bad", "email came back "), (lines.Show(row).Look, lines.Show(row).Activity));

        Clock.Advance(TimeSpan.FromMinutes(1));
        Value(await Requests.SendAsync(Owner, request.Id, "right@bakery.example", Cancel));
        (details, row) = (await DetailsOf(request.Id), await RowOf(request.Id));
        hint.Render(p => p.Add(h => h.Details, details));
        Assert.Empty(hint.FindAll("[role=alert]"));
        Assert.Equal("is-pending", lines.Show(row).Look);
    }
}
