using System.Text.Json.Serialization.Metadata;
using Microsoft.Extensions.Options;

namespace OnboardingPortal.Core.Platforms.Google;

/// <summary>Google Sheets: the account of the person who signed in, whose spreadsheets may be read.</summary>
public sealed class GoogleSheetsClient(
    HttpClient http, IOptions<GoogleSheetsOptions> options, PlatformTransport transport, PortalAddress portal, TimeProvider clock)
    : GoogleClient(http, options.Value, Sheets, GoogleDefaults.SheetsScope, transport, portal, clock)
{
    private static readonly PlatformDescriptor Sheets = new(GoogleDefaults.SheetsKey, "Google Sheets", PlatformGrants.Account)
    {
        RevokesWholePerson = true,
        RefusesEmbeddedBrowsers = true,
    };

    /// <inheritdoc />
    public override PlatformSetup Setup => new(
        [
            PlatformSetting.Public(GoogleSheetsOptions.Section, nameof(GoogleSheetsOptions.ClientId), options.Value.ClientId),
            PlatformSetting.Secret(GoogleSheetsOptions.Section, nameof(GoogleSheetsOptions.ClientSecret), options.Value.ClientSecret),
        ],
        Scopes, GoogleDefaults.ConsoleAddress);

    /// <summary>Reads something of a spreadsheet.</summary>
    /// <param name="credentials">The person's.</param>
    /// <param name="path">What follows <c>v4/spreadsheets/</c>.</param>
    /// <param name="shape">How the answer is read.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    internal Task<Result<T>> ReadAsync<T>(
        PlatformCredentials credentials, string path, JsonTypeInfo<T> shape, CancellationToken cancellationToken) =>
        Transport.SendAsync(
            Reading(credentials),
            () => OAuthTokens.Get(new Uri(Resolve(options.Value.ApiAddress), $"v4/spreadsheets/{path}"), credentials.AccessToken),
            shape, cancellationToken);
}
