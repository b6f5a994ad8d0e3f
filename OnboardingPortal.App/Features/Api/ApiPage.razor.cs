using Microsoft.Extensions.Localization;
using MudBlazor;
using OnboardingPortal.App.Features.Account;
using OnboardingPortal.App.Shared;
using OnboardingPortal.Core.Agencies;
using OnboardingPortal.Core.Api;
using OnboardingPortal.Core.Connections;
using OnboardingPortal.Core.Platforms;
using OnboardingPortal.Core.Platforms.Facebook;

namespace OnboardingPortal.App.Features.Api;

/// <summary>The agency's keys to the API: a main user makes them, sees each once, and revokes them; and how a program uses them.</summary>
public sealed partial class ApiPage(
    PortalPageServices services, ApiKeys keys, AgencyFacebookService facebook, PlatformCatalog platforms, ProofQuestion proof,
    IDialogService dialogs, IStringLocalizer<ApiText> text,
    IStringLocalizer<PortalError> errors) : PortalPage(services)
{
    private readonly IStringLocalizer<ApiText> _text = text;
    private IReadOnlyList<ApiKeySummary>? _keys;   // null until the first load, and when the reader may not see them any more
    private IReadOnlyList<(FacebookUserSummary User, BusinessManager Business)> _businesses = [];
    private string? _refusal;                      // why the keys are not shown

    protected override async Task LoadAsync(AgencyCaller caller)
    {
        var listed = await keys.ListAsync(caller, Leaving);
        _keys = listed.Succeeded ? listed.Value : null;
        _refusal = listed.Succeeded ? null : WordsFor(listed.Error);
        if (listed.Succeeded)
        {
            _businesses = [.. from user in await facebook.ListAsync(caller.Agency, Leaving) from business in user.BusinessManagers
                where business.IsAdmin select (user, business)];
        }
    }

    private async Task CreateAsync()
    {
        string? secret = null;
        var parameters = new DialogParameters<NewKeyDialog> { { d => d.Create, CreateKeyAsync } };
        var dialog = await dialogs.ShowAsync<NewKeyDialog>(_text["CreateKey"], parameters);
        await dialog.Result;
        if (secret is not null)
            await dialogs.ShowSecretAsync(_text["YourKey"], _text["ShownOnce"], _text["Key"], secret, _text["CopyKey"], _text["Done"]);

        async Task<PortalError?> CreateKeyAsync(NewApiKey input)
        {
            if (!await AskFirstAsync(proof.AskAsync)) return new ProofNeeded();
            return await AnswerAsync(async caller =>
            {
                var created = await keys.CreateAsync(caller, input, Leaving);
                if (!created.Succeeded) return created.Error;
                secret = created.Value.Secret;
                await LoadAsync(caller);
                StateHasChanged();
                return null;
            });
        }
    }

    private async Task RevokeAsync(ApiKeySummary key)
    {
        if (!await dialogs.AskAsync(_text["RevokeTitle", key.Name], _text["RevokeText"], _text["Revoke"], isDangerous: true)) return;
        if (!await AskFirstAsync(proof.AskAsync)) return;
        await RunAsync(async caller =>
        {
            var refusal = await keys.RevokeAsync(caller, key.Id, Leaving);
            await LoadAsync(caller);
            if (_refusal is null)
                Notices.Show(refusal is null ? Notice.Done(_text["Revoked", key.Name]) : Notice.Refused(WordsFor(refusal)));
        });
    }

    private string WordsFor(PortalError refusal) => errors.For(refusal, platforms);
}
