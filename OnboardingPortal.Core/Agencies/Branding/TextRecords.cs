using DnsClient;

namespace OnboardingPortal.Core.Agencies;

/// <summary>Reads TXT records of the domain name system.</summary>
/// <param name="read">Finds the texts of a name; none when there is no such record or no name server answers.</param>
public sealed class TextRecords(Func<string, CancellationToken, Task<IReadOnlyList<string>>> read)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    /// <summary>Asks the name servers that this machine is configured with.</summary>
    public static TextRecords OfThisMachine { get; } = new(AskAsync);

    /// <summary>The texts of a name, each in one piece; hostile.</summary>
    public Task<IReadOnlyList<string>> ReadAsync(string name, CancellationToken cancellationToken) => read(name, cancellationToken);

    private static async Task<IReadOnlyList<string>> AskAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            var servers = new LookupClient(new LookupClientOptions { Timeout = Patience, Retries = 1, UseCache = false });
            if (servers.NameServers.Count == 0) return [];
            var answer = await servers.QueryAsync(name, QueryType.TXT, cancellationToken: cancellationToken);
            return [.. answer.Answers.TxtRecords().Select(record => string.Concat(record.Text))];
        }
        catch (DnsResponseException)
        {
            return []; // nobody who could be asked: as if there were no record
        }
    }
}
