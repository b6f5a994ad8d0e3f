using Microsoft.AspNetCore.Components.Forms;
using Microsoft.Extensions.Localization;
using Microsoft.JSInterop;
using OnboardingPortal.App.Features.Requests;
using OnboardingPortal.App.Shared;
using OnboardingPortal.Core.Bulk;
using OnboardingPortal.Core.Platforms;

namespace OnboardingPortal.App.Features.Bulk;

/// <summary>Takes a CSV file, chosen, dropped or pasted, and leads to what was read of it.</summary>
public sealed partial class ImportPage(
    PortalPageServices services, BulkService bulk, PlatformCatalog platforms, IStringLocalizer<BulkText> text,
    IStringLocalizer<RequestsText> requestsText,
    IStringLocalizer<PortalError> errors, IJSRuntime script) : PortalPage(services)
{
    private readonly PlatformCatalog _platforms = platforms;
    private readonly IStringLocalizer<RequestsText> _requestsText = requestsText;
    private IReadOnlyList<BulkOverview> _imports = [];
    private PortalError? _fileRefusal;
    private PortalError? _textRefusal;

    private IStringLocalizer<BulkText> Text => text;

    private string Example => $"""
        {text["ColumnRecipients"]},{text["ColumnServices"]},{text["ColumnMessage"]}
        hello@bakery.example,Mailchimp,"{text["ExampleMessage"]}"
        info@garage.example|owner@garage.example,"Mailchimp, HubSpot",
        """;

    protected override async Task LoadAsync(AgencyCaller caller) => _imports = await bulk.ListAsync(caller, Leaving);

    private Task ReadFileAsync(IBrowserFile file) => RunAsync(async caller =>
    {
        _fileRefusal = null;
        _textRefusal = null;
        if (file.Size > BulkReader.MaxBytes)
        {
            _fileRefusal = new BulkFileTooLarge(); // before a byte of it is sent
            return;
        }

        await using var content = file.OpenReadStream(BulkReader.MaxBytes, Leaving);
        _fileRefusal = await ReadAsync(caller, file.Name, content);
    });

    private Task ReadPastedAsync() => RunAsync(async caller =>
    {
        _fileRefusal = null;
        _textRefusal = null;
        // As a stream: the field's text may be larger than a message of the circuit.
        await using var typed = await script.InvokeAsync<IJSStreamReference>("portal.textOf", Leaving, "csv-text");
        if (typed.Length == 0 || typed.Length > BulkReader.MaxBytes)
        {
            _textRefusal = typed.Length == 0 ? new BulkFileEmpty() : new BulkFileTooLarge();
            return;
        }

        await using var content = await typed.OpenReadStreamAsync(BulkReader.MaxBytes, Leaving);
        _textRefusal = await ReadAsync(caller, null, content);
    });

    private async Task<PortalError?> ReadAsync(AgencyCaller caller, string? name, Stream content)
    {
        var read = await bulk.ReadAsync(caller, name, content, Leaving);
        if (read.Succeeded) Navigation.NavigateTo($"/collaboration/requests/import/{read.Value}");
        return read.Error;
    }

    private string? WordsFor(PortalError? refusal) => refusal is null ? null : errors.For(refusal, _platforms);
}
