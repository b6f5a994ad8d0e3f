using System.Globalization;
using FluentValidation;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.Extensions.Localization;
using MudBlazor;
using OnboardingPortal.App.Shared;
using OnboardingPortal.Core.Agencies;
using OnboardingPortal.Core.Platforms;
using Severity = MudBlazor.Severity;

namespace OnboardingPortal.App.Features.Branding;

/// <summary>The white label as a main user sets it; with a preview, if wanted, that follows every key.</summary>
public sealed partial class BrandingForm(
    PortalPageServices services, BrandingService branding, OwnHosts hosts, BrandPreviews previews, DraftLogos logos, Drafts drafts,
    PortalAddress address,
    PlatformCatalog platforms, IValidator<BrandingInput> rules, IStringLocalizer<BrandingText> text, IStringLocalizer<PortalError> errors)
    : PortalPage(services)
{
    private const string Keep = "white-label";

    private readonly IStringLocalizer<BrandingText> _text = text;
    private readonly IStringLocalizer<PortalError> _errors = errors;
    private readonly PlatformCatalog _platforms = platforms;
    private readonly Func<object, string, Task<IEnumerable<string?>>> _rules =
        rules.For<BrandingDraft, BrandingInput>(draft => draft.ToInput());

    private readonly string _portalHost = address.Public.Host;
    private PortalForm<BrandingDraft>? _form;
    private MudSwitch<bool> _switch = null!;
    private BrandingState? _state;
    private BrandingDraft _draft = new();
    private bool _isRecalled;
    private AgencyId _agency;
    private string _requester = "";
    private LogoChange _logo = LogoChange.Keep;
    private string? _logoDraft;      // the pages'
    private ShownLogo? _mailDraft;   // the mails', of the same file
    private PortalError? _refusal; // why there is nothing to see
    private PortalError? _logoRefusal;
    private string? _landing;
    private string? _mail;
    private bool _showsMail;
    private bool _isDrawing;
    private bool _isStale;

    /// <summary>Whether what clients will see stands beside it.</summary>
    [Parameter] public bool ShowsPreview { get; set; }

    /// <summary>The field that is being typed into, key by key: it is judged once it is left.</summary>
    internal string? Typing { get; set; }

    private static string Language => CultureInfo.CurrentUICulture.TwoLetterISOLanguageName;

    private string? LogoPath => _logoDraft is { } draft ? BrandEndpoints.DraftPath + draft : _logo.IsChanged ? null : _state?.LogoPath;

    private ShownLogo? MailLogo => _mailDraft is { } draft
        ? draft with { Path = BrandEndpoints.DraftPath + draft.Path }
        : _logo.IsChanged ? null : _state?.MailLogo;

    protected override async Task LoadAsync(AgencyCaller caller)
    {
        var found = await branding.GetAsync(caller, Leaving);
        _state = found.Succeeded ? found.Value : null;
        _refusal = found.Error;
        _agency = caller.Agency;
        _requester = caller.Name;
        if (_state is null) return;
        var start = BrandingDraft.Of(_state.Input);
        var kept = await drafts.RecallAsync(Keep, start, Leaving);
        _draft = kept ?? start;
        _isRecalled = kept is not null;
        await DrawAsync();
    }

    /// <summary>Something changed that no field of MudBlazor tells of.</summary>
    internal async Task NoteChangeAsync(string field)
    {
        await _form!.NoteChangeAsync(field);
        await DrawAsync();
    }

    /// <summary>Draws the preview that is shown. What is typed while it is drawn is drawn once, afterwards.</summary>
    internal async Task DrawAsync()
    {
        _isStale = true;
        if (!ShowsPreview || _isDrawing || _state is not { } state) return;
        _isDrawing = true;
        try
        {
            while (_isStale)
            {
                _isStale = false;
                var brand = ClientBrand.Of(_agency, state.AgencyName, _draft.ToInput(), LogoPath, MailLogo);
                var sample = previews.Sample(brand, state, _requester, Language);
                if (_showsMail) _mail = await previews.MailAsync(brand, sample, Language);
                else _landing = await previews.LandingAsync(brand, sample);
            }
        }
        finally
        {
            _isDrawing = false;
        }

        StateHasChanged();
    }

    /// <summary>The common rules, and two more that the service has: a colour must be readable, and a white label needs a logo.</summary>
    private async Task<IEnumerable<string?>> JudgeAsync(object draft, string field)
    {
        if (field == Typing && _form is not { IsSubmitting: true }) return [];
        var problems = await _rules(draft, field);
        return field switch
        {
            nameof(BrandingInput.IsOn) when _draft.IsOn && LogoPath is null => [.. problems, _errors.For(new LogoMissing(), _platforms)],
            nameof(BrandingInput.Colour) when TooPale(_draft.Colour) is { } refusal => [.. problems, _errors.For(refusal, _platforms)],
            _ => problems,
        };
    }

    private static ColourTooPale? TooPale(string typed) =>
        BrandColour.Parse(typed.Trim()) is { } colour && !colour.IsReadableOn(BrandColour.White)
            ? new(colour, colour.NearestPassing(BrandColour.White))
            : null;

    private Task SaveAsync() => RunAsync(async caller =>
    {
        Typing = null;
        var refusal = await branding.SaveAsync(caller, _draft.ToInput(), _logo, Leaving);
        if (refusal is InputRefused refused)
        {
            await _form!.RefuseAsync(refused);
            return;
        }

        if (refusal is not null)
        {
            TellRefusal(refusal);
            return;
        }

        ForgetLogoDraft();
        _logo = LogoChange.Keep;
        await _form!.SavedAsync();
        await LoadAsync(caller);
        Notices.Show(Notice.Done(_text["Saved"]));
    });

    /// <summary>Looks for the proof of the saved host; what is typed stays as it is.</summary>
    private Task CheckHostAsync() => RunAsync(async caller =>
    {
        if (await hosts.CheckAsync(caller, Leaving) is { } refusal)
        {
            TellRefusal(refusal);
            return;
        }

        var found = await branding.GetAsync(caller, Leaving);
        if (found.Succeeded && _state is not null) _state = _state with { Host = found.Value.Host };
        if (_state?.Host is { CheckedAt: not null, Host: var host }) Notices.Show(Notice.Done(_text["HostCounts", host]));
    });

    private Task SendTestAsync() => RunAsync(async caller =>
    {
        if (await branding.SendTestAsync(caller, Language, Leaving) is { } refusal) TellRefusal(refusal);
        else Notices.Show(Notice.Done(_text["TestSent", caller.Email]));
    });

    private Task ChooseLogoAsync(IBrowserFile file) => RunAsync(async caller =>
    {
        if (caller.Role != AgencyRole.MainUser)
        {
            TellRefusal(new NotAllowed());
            return;
        }

        var (content, read) = await ReadAsync(file);
        _logoRefusal = read.Succeeded ? null : read.Error;
        if (!read.Succeeded) return;
        ForgetLogoDraft();
        _logoDraft = logos.Add(read.Value.Page);
        _logo = new LogoChange(true, content);
        _mailDraft = new ShownLogo(logos.Add(read.Value.Mail), read.Value.Mail.Width, read.Value.Mail.Height);
        await _switch.ValidateAsync();
        await DrawAsync();
    });

    private async Task<(byte[] Content, Result<LogoFile> Logo)> ReadAsync(IBrowserFile file)
    {
        if (file.Size > LogoFile.MaxBytes) return ([], new LogoTooHeavy());
        using var content = new MemoryStream();
        await using var stream = file.OpenReadStream(LogoFile.MaxBytes, Leaving);
        await stream.CopyToAsync(content, Leaving);
        var bytes = content.ToArray();
        return (bytes, await Task.Run(() => LogoFile.Read(bytes), Leaving)); // the page goes on meanwhile
    }

    private Task RemoveLogoAsync()
    {
        ForgetLogoDraft();
        _logo = _state?.LogoPath is null ? LogoChange.Keep : LogoChange.Remove;
        _logoRefusal = null;
        return NoteChangeAsync("Logo");
    }

    private Task ShowAsync(bool mail)
    {
        _showsMail = mail;
        return DrawAsync();
    }

    private void TellRefusal(PortalError refusal) => Notices.Show(new Notice(Severity.Error, _errors.For(refusal, _platforms)));

    private void ForgetLogoDraft()
    {
        logos.Remove(_logoDraft);
        logos.Remove(_mailDraft?.Path);
        _logoDraft = null;
        _mailDraft = null;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) ForgetLogoDraft();
        base.Dispose(disposing);
    }
}
