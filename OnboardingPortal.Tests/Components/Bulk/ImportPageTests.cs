using Bunit;
using Microsoft.AspNetCore.Components.Forms;
using OnboardingPortal.App.Features.Bulk;
using OnboardingPortal.Core.Bulk;
using OnboardingPortal.Tests.Support;

namespace OnboardingPortal.Tests.Components.Bulk;

/// <summary>The page that takes a file.</summary>
public sealed class ImportPageTests : PortalContext
{
    [Fact]
    public async Task A_file_leads_to_its_preview()
    {
        var form = RenderFor<ImportPage>(Member);
        Field(form).UploadFiles(InputFileContent.CreateFromText("recipients,services\na@bakery.example,mailchimp\n", "list.csv"));

        form.WaitForAssertion(() => Assert.Matches(@"/collaboration/requests/import/\d+$", Navigation.Uri));
        Assert.Equal("list.csv", Assert.Single(await Portal.Get<BulkService>().ListAsync(Member, Cancel)).FileName);
    }

    [Fact]
    public void Leaving_for_the_preview_makes_no_new_field_whose_script_would_find_the_page_gone()
    {
        var form = RenderFor<ImportPage>(Member);
        var fields = 0;
        Navigation.LocationChanged += (_, _) => fields = form.FindComponents<InputFile>().Count;
        Field(form).UploadFiles(InputFileContent.CreateFromText("recipients,services\na@bakery.example,mailchimp\n", "list.csv"));

        form.WaitForAssertion(() => Assert.Matches(@"/collaboration/requests/import/\d+$", Navigation.Uri));
        form.WaitForAssertion(() => Assert.False(Button(form, "Check text").HasAttribute("disabled")));
        Assert.Equal(fields, form.FindComponents<InputFile>().Count);
    }

    [Fact]
    public async Task Earlier_imports_are_found_again()
    {
        var id = Value(
            await Portal.Get<BulkService>().ReadAsync(Member, null, new MemoryStream("recipients\nnobody\n"u8.ToArray()), Cancel));

        var link = RenderFor<ImportPage>(Member).WaitForElement($"a[href='/collaboration/requests/import/{id}']");

        Assert.Equal("Pasted text", link.TextContent);
    }

    [Fact]
    public void A_refusal_stands_at_the_field_and_the_corrected_file_is_taken()
    {
        var form = RenderFor<ImportPage>(Owner);
        Field(form).UploadFiles(InputFileContent.CreateFromText("a@bakery.example\n", "list.csv"));
        form.WaitForAssertion(
            () => Assert.Equal(
                "The first line names no column “recipients”. It reads: a@bakery.example", form.Find("#csv-file-note").TextContent));
        Assert.Equal("csv-file-note", Button(form, "Choose a file").GetAttribute("aria-describedby"));
        Assert.Equal("alert", form.Find("#csv-file-note").GetAttribute("role"));

        Field(form).UploadFiles(InputFileContent.CreateFromText("recipients,services\na@bakery.example,mailchimp\n", "list.csv"));
        form.WaitForAssertion(() => Assert.Matches(@"/collaboration/requests/import/\d+$", Navigation.Uri));
    }

    [Fact]
    public void A_file_that_is_too_large_is_refused_before_it_is_sent()
    {
        var form = RenderFor<ImportPage>(Owner);
        Field(form).UploadFiles(InputFileContent.CreateFromBinary(new byte[BulkReader.MaxBytes + 1], "list.csv"));

        form.WaitForAssertion(
            () => Assert.Equal("The file is larger than 5 MB. Split it into several files.", form.Find("#csv-file-note").TextContent));
    }

    /// <summary>MudBlazor's upload makes a new field for each file.</summary>
    private static IRenderedComponent<InputFile> Field(IRenderedComponent<ImportPage> page)
    {
        page.WaitForElement("input[aria-label='CSV file']");
        return page.FindComponents<InputFile>()[^1];
    }
}
