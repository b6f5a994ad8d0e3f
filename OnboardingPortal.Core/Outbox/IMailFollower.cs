namespace OnboardingPortal.Core.Outbox;

/// <summary>
/// Follows what becomes of a request's mails to recipients, and writes down with it what that changes. Implemented above the outbox, which
/// keeps what was told of every other mail by itself.
/// </summary>
public interface IMailFollower
{
    /// <summary>Takes in what was told of a request's mails, in the order given.</summary>
    /// <returns>How much of it was new.</returns>
    Task<int> ApplyAsync(AgencyId agency, RequestId request, IReadOnlyList<ToldMail> told, CancellationToken cancellationToken);

    /// <summary>Ends a mail that was refused for good.</summary>
    /// <param name="mail">As it was claimed.</param>
    /// <param name="attempt">The claim's number.</param>
    /// <param name="request">The request it belongs to.</param>
    /// <param name="said">What the server said; hostile text that fits.</param>
    /// <param name="cancellationToken">Stops the wait.</param>
    /// <returns>False when there is nothing to show it at: the request was deleted, or the claim no longer holds.</returns>
    Task<bool> RefuseAsync(EmailMessage mail, int attempt, RequestId request, string said, CancellationToken cancellationToken);
}

/// <summary>What was told of a mail, and the mail.</summary>
public sealed record ToldMail(DeliveryReport Report, EmailMessage Mail);
