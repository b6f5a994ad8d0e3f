using System.Globalization;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.Extensions.Localization;
using OnboardingPortal.App.Shared;
using OnboardingPortal.Core;
using OnboardingPortal.Core.Agencies;
using OnboardingPortal.Core.Platforms;
using OnboardingPortal.Core.Requests;

namespace OnboardingPortal.App.Features.Branding;

/// <summary>The white label as a main user sets it, with a preview that follows every key.</summary>
public sealed partial class BrandingForm(
    PortalPageServices services, BrandingService branding, BrandPreviews previews, DraftLogos drafts, PortalAddress address, PlatformCatalog platforms,
    IStringLocalizer<BrandingText> text, IStringLocalizer<PortalError> errors)
    : PortalPage(services)
{
    private readonly IStringLocalizer<BrandingText> _text = text;
    private readonly IStringLocalizer<PortalError> _errors = errors;
    private readonly PlatformCatalog _platforms = platforms;
    private readonly string _portalHost = address.Public.Host;
    private BrandingState? _state;
    private BrandingInput _input = BrandingInput.Of(null);
    private AgencyId _agency;
    private string _requester = "";
    private LogoChange _logo = LogoChange.Keep;
    private string? _draft;
    private bool _isListening;
    private PortalError? _refusal;
    private PortalError? _logoRefusal;
    private string? _done;
    private string? _landing;
    private string? _mail;
    private bool _showsMail;
    private bool _isDrawing;
    private bool _isStale;

    private static string Language => CultureInfo.CurrentUICulture.TwoLetterISOLanguageName;

    private BrandColour? Colour => BrandColour.Parse(_input.Colour?.Trim());

    private bool IsReadable => Colour?.IsReadableOn(BrandColour.White) == true;

    private BrandColour? Proposed => Colour is { } colour && !IsReadable ? colour.NearestPassing(BrandColour.White) : null;

    private string Contrast => (Math.Floor((Colour ?? default).ContrastWith(BrandColour.White) * 10) / 10).ToString("0.0", CultureInfo.CurrentCulture);

    private string? LogoPath => _draft is { } draft ? BrandEndpoints.DraftPath + draft : _logo.IsChanged ? null : _state?.LogoPath;

    protected override async Task LoadAsync(AgencyCaller caller)
    {
        var found = await branding.GetAsync(caller, Leaving);
        (_state, _refusal, _agency, _requester) = (found.Succeeded ? found.Value : null, found.Succeeded ? null : found.Error, caller.Agency, caller.Name);
        if (_state is null) return;
        _input = _state.Input;
        await DrawAsync();
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (_state is null || _isListening) return;
        _isListening = true;
        await Task.Yield(); // the file field's script first: a file chosen before it listens would be lost, so until then the label leads nowhere
        StateHasChanged();
    }

    private Task SaveAsync() => RunAsync(async caller =>
    {
        _done = null;
        _refusal = await branding.SaveAsync(caller, _input, _logo, Leaving);
        if (_refusal is not null) return;
        ForgetDraft();
        _logo = LogoChange.Keep;
        await LoadAsync(caller);
        _done = _text["Saved"].Value;
    });

    private Task SendTestAsync() => RunAsync(async caller =>
    {
        _refusal = await branding.SendTestAsync(caller, Language, Leaving);
        _done = _refusal is null ? _text["TestSent", caller.Email].Value : null;
    });

    private Task ChooseLogoAsync(InputFileChangeEventArgs chosen) => RunAsync(async caller =>
    {
        _done = null;
        if (caller.Role != AgencyRole.MainUser)
        {
            _refusal = new NotAllowed();
            return;
        }

        var read = await ReadAsync(chosen.File);
        _logoRefusal = read.Succeeded ? null : read.Error;
        if (!read.Succeeded) return;
        ForgetDraft();
        (_draft, _logo) = (drafts.Add(read.Value), new LogoChange(true, read.Value.Content));
        if (_refusal is LogoMissing) _refusal = null;
        await DrawAsync();
    });

    private async Task<Result<LogoFile>> ReadAsync(IBrowserFile file)
    {
        if (file.Size > LogoFile.MaxBytes) return new LogoTooHeavy();
        using var content = new MemoryStream();
        await using var stream = file.OpenReadStream(LogoFile.MaxBytes, Leaving);
        await stream.CopyToAsync(content, Leaving);
        return LogoFile.Read(content.ToArray());
    }

    private Task RemoveLogoAsync()
    {
        ForgetDraft();
        (_logo, _logoRefusal, _done) = (_state?.LogoPath is null ? LogoChange.Keep : LogoChange.Remove, null, null);
        return DrawAsync();
    }

    private Task ChangeAsync(BrandingInput input)
    {
        (_input, _done) = (input, null);
        return DrawAsync();
    }

    private Task ShowAsync(bool mail)
    {
        _showsMail = mail;
        return DrawAsync();
    }

    /// <summary>Draws the preview that is shown. What is typed while it is drawn is drawn once, afterwards.</summary>
    private async Task DrawAsync()
    {
        _isStale = true;
        if (_isDrawing || _state is not { } state) return;
        _isDrawing = true;
        try
        {
            while (_isStale)
            {
                _isStale = false;
                var brand = ClientBrand.Of(_agency, state.AgencyName, _input.Tidy(), LogoPath);
                var sample = previews.Sample(brand, state, _requester, Language);
                if (_showsMail) _mail = previews.Mail(brand, sample, Language);
                else _landing = await previews.LandingAsync(brand, sample);
            }
        }
        finally
        {
            _isDrawing = false;
        }
    }

    private void ForgetDraft()
    {
        drafts.Remove(_draft);
        _draft = null;
    }

    private string? ProblemOf(string field) => (_refusal as InputRefused)?.Fields.GetValueOrDefault(field);

    private string? Invalid(string field) => ProblemOf(field) is not null || (field == nameof(BrandingInput.Colour) && Proposed is not null) ? "true" : null;

    protected override void Dispose(bool disposing)
    {
        if (disposing) ForgetDraft();
        base.Dispose(disposing);
    }
}
