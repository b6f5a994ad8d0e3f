using System.Globalization;
using Microsoft.Extensions.Localization;
using OnboardingPortal.App.Features.Requests;
using OnboardingPortal.Core.Platforms;
using OnboardingPortal.Core.Requests;
using OnboardingPortal.Tests.Support;

namespace OnboardingPortal.Tests.Components.Requests;

/// <summary>The table of requests as a file.</summary>
public sealed class RequestExportTests : PortalContext
{
    [Fact]
    public async Task Each_request_is_a_line_and_what_looks_like_a_formula_is_none()
    {
        var plain = await ARequest().For("hello@bakery.example", "office@bakery.example").Asking(Mailchimp, new("hubspot")).SentAsync();
        var client = await AParticipant(plain, "=HYPERLINK(\"http://evil.example\")");
        await AnAccount(client, Mailchimp, name: "@SUM(1+1)");
        Assert.Null(await Wizard.CompleteAsync(client, Cancel));
        await ARequest().For("-1+cmd@bakery.example").SentAsync();

        var lines = (await WriteAsync(Owner.Scope)).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);

        Assert.Equal("Recipient,Number of recipients,Status,Last activity,Last activity at (UTC),Requested (UTC),Valid until "
            + "(UTC),Completed by,Accounts,Page of the request", lines[0]);
        Assert.StartsWith("\"'-1+cmd@bakery.example\",1,Pending,sent,", lines[1], StringComparison.Ordinal);
        Assert.StartsWith("hello@bakery.example,2,Connected,", lines[2], StringComparison.Ordinal);
        Assert.Contains(
            ",\"'=HYPERLINK(\"\"http://evil.example\"\")\",Mailchimp: @SUM(1+1); HubSpot: not connected yet,", lines[2],
            StringComparison.Ordinal);
        Assert.EndsWith($",{TestPortal.PublicUrl}collaboration/requests/{plain.Id}", lines[2], StringComparison.Ordinal);
        Assert.Equal(3, lines.Length);
    }

    [Fact]
    public async Task A_German_spreadsheet_gets_German_words_and_semicolons()
    {
        await ARequest().SentAsync();
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("de");

        var lines = (await WriteAsync(Owner.Scope)).Split("\r\n");

        Assert.StartsWith("Empfänger;Anzahl der Empfänger;Status;", lines[0], StringComparison.Ordinal);
        Assert.StartsWith("hello@bakery.example;1;Ausstehend;", lines[1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1,2", 2)]
    [InlineData("1,nonsense,-3", 3)] // those name nothing
    [InlineData("", 1)]
    public void Chosen_requests_stand_in_the_address(string ids, int count) => Assert.Equal(count, RequestExport.ReadIds(ids)!.Count);

    [Fact]
    public void Only_as_many_requests_can_be_chosen_as_a_page_has() =>
        Assert.Equal(RequestExport.MaxChosen, RequestExport.ReadIds(string.Join(',', Enumerable.Range(1, 5000)))!.Count);

    private async Task<string> WriteAsync(RequestScope scope)
    {
        var export = new RequestExport(
            new LineWords(Portal.Get<IStringLocalizer<RequestsText>>(), Portal.Get<PlatformCatalog>()),
            Portal.Get<IStringLocalizer<RequestsText>>(), Portal.Get<PortalAddress>(), Clock);
        await using var written = new StringWriter();
        await export.WriteAsync(written, Table.ReadAllAsync(scope, new RequestQuery(), Cancel), Cancel);
        return written.ToString();
    }
}
