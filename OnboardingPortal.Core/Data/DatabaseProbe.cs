using Microsoft.EntityFrameworkCore;

namespace OnboardingPortal.Core.Data;

/// <summary>Tries the database for whoever watches this node.</summary>
public sealed class DatabaseProbe(PortalDbContextFactory contexts)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>Whether this node can read its database: false when it cannot, or not within five seconds.</summary>
    public async Task<bool> CanReadAsync(CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        try
        {
            await using var db = contexts.CreateForSystem();
            return await db.Database.SqlQuery<int>($"SELECT 1 AS \"Value\"").SingleAsync(patience.Token) == 1;
        }
        catch (Exception exception) when (DatabaseTrouble.Is(exception)
            || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return false;
        }
    }

    /// <summary>Whether the database has every migration that this node knows. It may have more, of a newer node.</summary>
    public async Task<bool> IsUpToDateAsync(CancellationToken cancellationToken)
    {
        await using var db = contexts.CreateForSystem();
        return !(await db.Database.GetPendingMigrationsAsync(cancellationToken)).Any();
    }
}
