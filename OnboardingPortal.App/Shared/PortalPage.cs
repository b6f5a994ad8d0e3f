using System.Security.Cryptography;
using Microsoft.AspNetCore.Components;
using OnboardingPortal.App.Security;
using OnboardingPortal.Core.Agencies;

namespace OnboardingPortal.App.Shared;

/// <summary>
/// The live part of a page of the agency. It loads before it is first rendered, so that it appears whole; it asks for its caller anew at
/// each action; and what goes wrong is logged once, under a number that the page shows.
/// </summary>
public abstract partial class PortalPage(PortalPageServices services) : ComponentBase, IDisposable
{
    private CancellationTokenSource? _leaving;
    private bool _initialized;

    /// <summary>The number of what went wrong last, for the administrator; null while all is well.</summary>
    protected string? Trouble { get; private set; }

    /// <summary>Whether an action runs: buttons wait for it.</summary>
    protected bool IsBusy { get; private set; }

    /// <summary>Cancelled when the person leaves the page.</summary>
    protected CancellationToken Leaving => (_leaving ??= new CancellationTokenSource()).Token;

    protected NavigationManager Navigation => services.Navigation;

    /// <summary>Reads what the page shows.</summary>
    protected abstract Task LoadAsync(AgencyCaller caller);

    public override async Task SetParametersAsync(ParameterView parameters)
    {
        parameters.SetParameterProperties(this);
        if (!_initialized)
        {
            _initialized = true;
            await TryAsync(LoadAsync);
        }

        await base.SetParametersAsync(ParameterView.Empty);
    }

    /// <summary>Loads again, after <see cref="Trouble"/>.</summary>
    protected Task ReloadAsync() => RunAsync(LoadAsync);

    /// <summary>Does what the person asked for, once: a second press while it runs does nothing.</summary>
    protected async Task RunAsync(Func<AgencyCaller, Task> action)
    {
        if (IsBusy) return;
        IsBusy = true;
        try
        {
            await TryAsync(action);
        }
        finally
        {
            IsBusy = false;
        }
    }

    /// <summary>Does something of its own accord; a trouble is shown like any other.</summary>
    protected async Task TryAsync(Func<AgencyCaller, Task> action)
    {
        try
        {
            Trouble = null;
            await action(await services.Caller.GetAsync(Leaving));
        }
        catch (OperationCanceledException) when (_leaving is { IsCancellationRequested: true })
        {
            return; // the person left the page
        }
        catch (UnauthorizedAccessException)
        {
            services.Navigation.NavigateTo("/account/login", forceLoad: true);
        }
        catch (Exception exception)
        {
            Trouble = RandomNumberGenerator.GetHexString(8);
            LogTrouble(services.Logger, exception, GetType().Name, Trouble);
        }
    }

    protected virtual void Dispose(bool disposing)
    {
        if (!disposing) return;
        _leaving?.Cancel();
        _leaving?.Dispose();
    }

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    [LoggerMessage(EventId = 5301, Level = LogLevel.Error, Message = "{Page} failed; the page shows {Trouble}")]
    private static partial void LogTrouble(ILogger logger, Exception exception, string page, string trouble);
}

/// <summary>What every <see cref="PortalPage"/> needs.</summary>
public sealed record PortalPageServices(CurrentCaller Caller, NavigationManager Navigation, ILogger<PortalPage> Logger);
