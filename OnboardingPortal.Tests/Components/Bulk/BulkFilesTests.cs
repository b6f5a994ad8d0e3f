using System.Globalization;
using System.Text;
using Microsoft.Extensions.Localization;
using OnboardingPortal.App.Features.Bulk;
using OnboardingPortal.Core.Bulk;
using OnboardingPortal.Tests.Support;

namespace OnboardingPortal.Tests.Components.Bulk;

/// <summary>The files of imports.</summary>
public sealed class BulkFilesTests : PortalContext
{
    private BulkService Bulk => Portal.Get<BulkService>();

    private IStringLocalizer<BulkText> Text => Portal.Get<IStringLocalizer<BulkText>>();

    [Fact]
    public async Task Formulas_are_protected_in_the_result_and_requests_are_linked()
    {
        var id = await ReadAsync("recipients,services\n=cmd|' /C calc'!A0,@evil\na@bakery.example,mailchimp\n");
        Assert.Null(await Bulk.SendAsync(Owner, id, Cancel));
        await Portal.Get<BulkSending>().SendAsync(Cancel);
        await using var written = new StringWriter();

        await BulkFiles.WriteResultAsync(
            written, Value(await Bulk.ReadResultsAsync(Owner, id, Cancel)), Portal.Get<PortalAddress>(), Text, Cancel);

        var lines = written.ToString().Split("\r\n");
        Assert.Equal("Line,Recipients,Services,Outcome,Problems,Request,Link", lines[0]);
        Assert.StartsWith("2,\"'=cmd|' /C calc'!A0\",\"'@evil\",\"Not sent, has problems\",", lines[1], StringComparison.Ordinal);
        var request = (await Bulk.ListRowsAsync(Owner, id, false, 2, 1, Cancel)).Lines[0].Request;
        Assert.Equal($"3,a@bakery.example,Mailchimp,Sent,,{request},{TestPortal.PublicUrl}collaboration/requests/{request}", lines[2]);
    }

    [Theory]
    [InlineData("en", "Recipients,Services,Message,Language,Business Manager,Template")]
    [InlineData("de", "Empfänger;Dienste;Nachricht;Sprache;Business Manager;Vorlage")]
    public async Task The_file_to_fill_in_is_read_without_a_problem_in_each_language(string language, string header)
    {
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(language);
        await using var written = new StringWriter();

        await BulkFiles.WriteTemplateAsync(written, Text, Cancel);

        Assert.StartsWith(header, written.ToString(), StringComparison.Ordinal);
        var import = (await Bulk.FindAsync(Owner, await ReadAsync(written.ToString()), Cancel))!;
        Assert.Equal((2, 0, 0), (import.Ready, import.Refused, import.Ignored.Count));
    }

    private async Task<BulkImportId> ReadAsync(string text) =>
        Value(await Bulk.ReadAsync(Owner, "list.csv", new MemoryStream(Encoding.UTF8.GetBytes(text)), Cancel));
}
