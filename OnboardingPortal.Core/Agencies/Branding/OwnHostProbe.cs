using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using OnboardingPortal.Core.Net;

namespace OnboardingPortal.Core.Agencies;

/// <summary>
/// Looks whether a host shows what its owner was to put up: first the file, at public addresses alone, then the TXT record.
/// </summary>
public sealed class OwnHostProbe(
    IHttpClientFactory clients, PublicConnector connector, TextRecords records, IOptions<OwnHostOptions> options)
{
    private const int AnswerBytes = 256;

    /// <summary>Looks once.</summary>
    /// <returns>Null = it is shown; otherwise what stands in the way of the file.</returns>
    internal async Task<OwnHostProblem?> LookAsync(OwnHostProof proof, CancellationToken cancellationToken)
    {
        var problem = await LookForFileAsync(proof, cancellationToken);
        // no name server knows this machine's own names
        if (problem is null || PublicConnector.LoopbackOf(proof.FileAddress.IdnHost).Count > 0) return problem;
        var texts = await records.ReadAsync(proof.RecordName, cancellationToken);
        return texts.Any(text => text.Trim() == proof.Value) ? null : problem;
    }

    private async Task<OwnHostProblem?> LookForFileAsync(OwnHostProof proof, CancellationToken cancellationToken)
    {
        var host = proof.FileAddress.IdnHost;
        if (!MayStayHere(host) && (await connector.ResolveAsync(host, cancellationToken)).Count == 0) return OwnHostProblem.NoAddress;
        try
        {
            using var http = clients.CreateClient(nameof(OwnHostProbe));
            using var response = await http.GetAsync(proof.FileAddress, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            if (!response.IsSuccessStatusCode) return OwnHostProblem.WrongAnswer;
            await using var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
            var buffer = new byte[AnswerBytes];
            var length = await stream.ReadAtLeastAsync(buffer, AnswerBytes, throwOnEndOfStream: false, cancellationToken);
            return Encoding.UTF8.GetString(buffer, 0, length).Trim() == proof.Value ? null : OwnHostProblem.WrongAnswer;
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or TaskCanceledException
            && !cancellationToken.IsCancellationRequested)
        {
            return OwnHostProblem.NoAnswer;
        }
    }

    private bool MayStayHere(string host) => options.Value.PointingIsProof && PublicConnector.LoopbackOf(host).Count > 0;

    internal static void Register(IServiceCollection services) => services.AddHttpClient(
        nameof(OwnHostProbe), http => http.Timeout = TimeSpan.FromSeconds(10))
        .ConfigurePrimaryHttpMessageHandler(provider => new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false, // a proxy would connect in our place, unchecked
            ConnectCallback = (context, cancellationToken) => provider.GetRequiredService<PublicConnector>().ConnectAsync(
                context, provider.GetRequiredService<IOptions<OwnHostOptions>>().Value.PointingIsProof, cancellationToken),
            MaxResponseHeadersLength = 16, // kB
            MaxResponseDrainSize = 0,
            ActivityHeadersPropagator = null,
        });
}
