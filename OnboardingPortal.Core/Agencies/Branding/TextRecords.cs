using System.Net;
using DnsClient;

namespace OnboardingPortal.Core.Agencies;

/// <summary>Reads TXT records of the domain name system.</summary>
/// <param name="read">Finds the texts of a name; none when there is no such record or no name server answers.</param>
public sealed class TextRecords(Func<string, CancellationToken, Task<IReadOnlyList<string>>> read)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    /// <summary>Asks the name servers that this machine is configured with.</summary>
    public static TextRecords OfThisMachine { get; } = new((name, stop) => AskAsync(new LookupClientOptions(), name, stop));

    /// <summary>Asks one name server.</summary>
    internal static TextRecords Of(IPEndPoint server) => new((name, stop) => AskAsync(new LookupClientOptions(server), name, stop));

    /// <summary>The texts of a name, each in one piece; hostile.</summary>
    public Task<IReadOnlyList<string>> ReadAsync(string name, CancellationToken cancellationToken) => read(name, cancellationToken);

    private static async Task<IReadOnlyList<string>> AskAsync(
        LookupClientOptions options, string name, CancellationToken cancellationToken)
    {
        options.Timeout = Patience;
        options.Retries = 1;
        options.UseCache = false;
        try
        {
            var servers = new LookupClient(options);
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
