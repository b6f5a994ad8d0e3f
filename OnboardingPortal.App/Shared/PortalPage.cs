using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Components;
using OnboardingPortal.App.Hosting.Telemetry;
using OnboardingPortal.App.Security;
using OnboardingPortal.Core.Data;

namespace OnboardingPortal.App.Shared;

/// <summary>
/// A page of the agency. It reads once it is live, not while it is prerendered, so that nothing is read twice; until then
/// <see cref="IsLoaded"/> is false and it shows the shape of what comes. It asks for its caller anew at each action; and what goes wrong is
/// logged once, under a number that the page shows.
/// </summary>
public abstract partial class PortalPage(PortalPageServices services) : ComponentBase, IDisposable
{
    private bool _isLeft; // by the person, or because they may not see it any more
    private CancellationTokenSource? _leaving;
    private object? _loadedSubject;
    private bool _isFollowing;

    /// <summary>Whether the first reading is over, well or not: with <see cref="Trouble"/> in the second case.</summary>
    protected bool IsLoaded { get; private set; }

    /// <summary>The number of what went wrong last, for the administrator; null while all is well.</summary>
    protected string? Trouble { get; private set; }

    /// <summary>Whether an action runs: buttons wait for it.</summary>
    protected bool IsBusy { get; private set; }

    /// <summary>Cancelled when the person leaves the page.</summary>
    protected CancellationToken Leaving => (_leaving ??= new CancellationTokenSource()).Token;

    protected NavigationManager Navigation => services.Navigation;

    /// <summary>Tells how actions went.</summary>
    protected NoticeBoard Notices => services.Notices;

    /// <summary>
    /// What of the address decides what is read, with value equality; another one is read when it changes. Null = nothing does.
    /// </summary>
    protected virtual object? Subject => null;

    /// <summary>An id of the address's query; null where anything else stands there, which would otherwise end in an error page.</summary>
    protected static long? IdIn(string? text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;

    /// <summary>Who looks at the page or acts; asked anew each time.</summary>
    /// <exception cref="UnauthorizedAccessException">Nobody who may.</exception>
    protected virtual Task<AgencyCaller> FindCallerAsync() => services.Caller.GetAsync(Leaving);

    /// <summary>Reads what the page shows.</summary>
    protected abstract Task LoadAsync(AgencyCaller caller);

    /// <summary>
    /// Looks whether what the address names exists, before the answer's status is sent. Does nothing unless the page names something.
    /// </summary>
    protected virtual Task CheckAddressAsync(AgencyCaller caller) => Task.CompletedTask;

    protected override async Task OnInitializedAsync()
    {
        if (!RendererInfo.IsInteractive)
        {
            await CheckAddressAsync(await FindCallerAsync()); // what goes wrong here is answered by the error page
            return;
        }

        _loadedSubject = Subject;
        await TryAsync(LoadAsync);
        IsLoaded = !_isLeft; // a page that was left before it was read has nothing to show
        await ReadSubjectAsync();
    }

    protected override Task OnParametersSetAsync() => ReadSubjectAsync();

    /// <summary>
    /// Reads what <see cref="Subject"/> names by now, one reading after the other: the last one asked for is the one that stays.
    /// </summary>
    protected async Task ReadSubjectAsync()
    {
        if (!IsLoaded || _isFollowing) return;
        _isFollowing = true;
        try
        {
            while (!Equals(Subject, _loadedSubject))
            {
                _loadedSubject = Subject;
                await TryAsync(LoadAsync);
            }
        }
        finally
        {
            _isFollowing = false;
        }
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

    /// <summary>Asks something before an action; a trouble with the question is shown like any other.</summary>
    /// <returns>Whether the answer was yes.</returns>
    protected async Task<bool> AskFirstAsync(Func<CancellationToken, Task<bool>> question)
    {
        var isYes = false;
        await TryAsync(async _ => isYes = await question(Leaving));
        return isYes;
    }

    /// <summary>Does what an open dialog asks for; the dialog closes when it is done.</summary>
    /// <returns>Why it was not done; null = it was.</returns>
    protected async Task<PortalError?> AnswerAsync(Func<AgencyCaller, Task<PortalError?>> action)
    {
        PortalError? refusal = null;
        await RunAsync(async caller => refusal = await action(caller));
        return Trouble is { } number ? new ActionTroubled(number) : refusal;
    }

    /// <summary>Does something of its own accord; a trouble is shown like any other.</summary>
    protected async Task TryAsync(Func<AgencyCaller, Task> action)
    {
        try
        {
            Trouble = null;
            await action(await FindCallerAsync());
        }
        catch (OperationCanceledException) when (_leaving is { IsCancellationRequested: true })
        {
            _isLeft = true;
        }
        catch (UnauthorizedAccessException)
        {
            _isLeft = true;
            services.Navigation.NavigateTo("/account/login", forceLoad: true);
        }
        catch (Exception exception)
        {
            Trouble = TraceNumber.Current ?? RandomNumberGenerator.GetHexString(8);
            if (DatabaseTrouble.IsLogged(exception)) LogAway(services.Logger, GetType().Name, Trouble);
            else LogTrouble(services.Logger, exception, GetType().Name, Trouble);
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

    [LoggerMessage(EventId = 5390, Level = LogLevel.Information, Message = "{Page} could not use the database; the page shows {Trouble}")]
    private static partial void LogAway(ILogger logger, string page, string trouble);

    [LoggerMessage(EventId = 5301, Level = LogLevel.Error, Message = "{Page} failed; the page shows {Trouble}")]
    private static partial void LogTrouble(ILogger logger, Exception exception, string page, string trouble);
}

/// <summary>What every <see cref="PortalPage"/> needs.</summary>
public sealed record PortalPageServices(
    CurrentCaller Caller, NavigationManager Navigation, NoticeBoard Notices, ILogger<PortalPage> Logger);
