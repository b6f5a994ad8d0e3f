using System.Text;
using Microsoft.Playwright;

namespace OnboardingPortal.Tests.Browser;

/// <summary>New requests from a CSV file, from choosing it to reading what became of each row.</summary>
[Collection(OfTheAgency)]
public sealed class ImportTests(BrowserFixture fixture) : BrowserTest(fixture)
{
    [Fact]
    public async Task A_file_with_good_and_bad_rows_is_read_corrected_by_leaving_out_sent_and_accounted_for()
    {
        var user = new AgencyUser(await Fixture.OpenAsync(), new Words("en"), Fixture.Portal);
        await user.SignInAsync("member@demo.test", "Demo-Member-1!");
        var page = user.Page;
        await page.GotoAsync("/collaboration/requests");
        await page.GetByRole(AriaRole.Link, new() { Name = "Import CSV" }).ClickAsync();
        await ReadsTheTemplateAsync(page);

        // each choice leaves a field behind
        var file = page.GetByRole(AriaRole.Group, new() { Name = "CSV file" }).Locator("input[type=file]").Last;
        await file.SetInputFilesAsync(
            new FilePayload { Name = "book.xlsx", MimeType = "application/octet-stream", Buffer = [0x50, 0x4B, 0x03, 0x04, 0x14] });
        await Expect(page.GetByText("This is not a CSV file but a workbook")).ToBeVisibleAsync();
        var rows = $"E-Mail;Dienste;Nachricht;Telefon\r\n{string.Concat(Enumerable.Range(1, 60).Select(i => $"import{i}@clients.example;Mailchimp;\"Guten Tag,\r\nbitte verbinden Sie Ihr Konto\";1\r\n"))}"
            + "=cmd|' /C calc'!A0;Mailchimp;;\r\nimport1@clients.example;mailchimp;;\r\n";
        await file.SetInputFilesAsync(
            new FilePayload
            {
                Name = "Kunden.csv",
                MimeType = "text/csv",
                Buffer = Encoding.Unicode.GetPreamble().Concat(Encoding.Unicode.GetBytes(rows)).ToArray()
            });

        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Kunden.csv" })).ToBeVisibleAsync();
        await Expect(page.GetByText("60 ready")).ToBeVisibleAsync();
        await Expect(page.GetByText("These columns are not known and were ignored: Telefon")).ToBeVisibleAsync();
        await page.GetByLabel("Only rows with problems").CheckAsync();
        await Expect(page.GetByText("These are not email addresses: =cmd")).ToBeVisibleAsync();
        await Expect(page.GetByText("import1@clients.example is asked for the same services on line 2 already.")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Send 60 requests" }).ClickAsync();
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Send 60 requests" }).ClickAsync();

        await Expect(page.GetByRole(AriaRole.Progressbar).Or(page.GetByText("60 sent"))).ToBeVisibleAsync();
        await page.ReloadAsync(); // as somebody who lost the connection
        await Expect(page.GetByText("60 sent")).ToBeVisibleAsync();
        await Expect(page.GetByText("Done", new() { Exact = true })).ToBeVisibleAsync();
        var result = await DownloadAsync(page, "Download result");
        var lines = result.Split("\r\n");
        Assert.Equal("Line,Recipients,Services,Outcome,Problems,Request,Link", lines[0]);
        Assert.StartsWith("2,import1@clients.example,Mailchimp,Sent,,", lines[1], StringComparison.Ordinal);
        Assert.StartsWith("122,\"'=cmd|' /C calc'!A0\",Mailchimp,", lines[61], StringComparison.Ordinal);
        await page.GotoAsync(lines[1].Split(',')[^1]);
        await Expect(page.GetByText("import1@clients.example").First).ToBeVisibleAsync();
        await Fixture.Portal.MailToAsync("import60@clients.example", Cancel);
    }

    private static async Task ReadsTheTemplateAsync(IPage page)
    {
        var template = await DownloadAsync(page, "Download a file to fill in");
        // Pasted, as out of a spreadsheet.
        await page.GetByLabel("Or paste the rows here").FillAsync(template);
        await page.GetByRole(AriaRole.Button, new() { Name = "Check text" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Pasted text" })).ToBeVisibleAsync();
        await Expect(page.GetByText("2 ready")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Cancel" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Group, new() { Name = "CSV file" })).ToBeVisibleAsync();
    }

    /// <summary>The text of what a link downloads, which begins with the mark that spreadsheets need.</summary>
    private static async Task<string> DownloadAsync(IPage page, string link)
    {
        var download = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Link, new() { Name = link }).ClickAsync());
        var bytes = await File.ReadAllBytesAsync(await download.PathAsync(), Cancel);
        Assert.Equal(Encoding.UTF8.GetPreamble(), bytes[..3]);
        return Encoding.UTF8.GetString(bytes[3..]);
    }
}
