using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using OnboardingPortal.App.Features.Email;
using OnboardingPortal.App.Security;
using OnboardingPortal.Core.Data;
using OnboardingPortal.Core.Outbox;
using OnboardingPortal.Tests.Support;

namespace OnboardingPortal.Tests.Core.Outbox;

/// <summary>The endpoint over real HTTP, with a key of its own in SendGrid's place.</summary>
public sealed class SendGridWebhookTests() : PortalTest(DatabaseProvider.Sqlite), IAsyncLifetime
{
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly HttpClient _http = new();
    private WebApplication _app = null!;
    private string _address = "";

    protected override Dictionary<string, string?> Settings =>
        new() { ["Email:SendGrid:WebhookPublicKey"] = Convert.ToBase64String(_key.ExportSubjectPublicKeyInfo()) };

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        (_app, _address) = await StartAsync(Portal);
    }

    [Fact]
    public async Task Signed_events_are_taken_and_a_replay_changes_nothing()
    {
        var (request, body) = await AnEventAsync("delivered");

        Assert.Equal(HttpStatusCode.NoContent, await PostAsync(body));
        var before = (await DetailsOf(request.Id)).Request.Version;
        Assert.Equal(HttpStatusCode.NoContent, await PostAsync(body));

        var details = await DetailsOf(request.Id);
        Assert.Equal((DeliveryState.Delivered, before), (details.Request.Recipients[0].Delivery!.Value, details.Request.Version));
    }

    [Fact]
    public async Task Forged_old_and_future_events_change_nothing()
    {
        var (request, body) = await AnEventAsync("bounce");
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);

        Assert.Equal(HttpStatusCode.Forbidden, await PostAsync(body, key: other));
        Assert.Equal(HttpStatusCode.Forbidden, await PostAsync(body, signature: ""));
        Assert.Equal(HttpStatusCode.Forbidden, await PostAsync(body, signature: "bm9uc2Vuc2U="));
        Assert.Equal(HttpStatusCode.Forbidden, await PostAsync(body, after: TimeSpan.FromHours(-26)));
        Assert.Equal(HttpStatusCode.Forbidden, await PostAsync(body, after: TimeSpan.FromMinutes(6)));

        Assert.Null((await DetailsOf(request.Id)).Mails[0].Delivery);
        Assert.Equal(HttpStatusCode.NoContent, await PostAsync(body, after: TimeSpan.FromHours(-24)));
        Assert.Equal(DeliveryState.Bounced, (await DetailsOf(request.Id)).Mails[0].Delivery);
    }

    /// <summary>The zero signature passed in an older version of the library that SendGrid's package uses.</summary>
    [Fact]
    public void Bytes_that_are_no_signature_prove_nothing_and_break_nothing()
    {
        var signature = Portal.Get<SendGridSignature>();
        var timestamp = Clock.Now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var random = new Random(1);
        byte[][] made = [
            [0x30, 6, 2, 1, 0, 2, 1, 0], [0x30], [0x30, 0], [0x30, 0x84, 0xff, 0xff, 0xff, 0xff], [0x30, 6, 2, 1, 0xff, 2, 1, 0xff]
        ];
        var others = Enumerable.Range(0, 500).Select(_ =>
        {
            var bytes = new byte[random.Next(1, 80)];
            random.NextBytes(bytes);
            if (random.Next(2) == 0) bytes[0] = 0x30; // as a signature begins
            return bytes;
        });

        Assert.All(made.Concat(others), bytes => Assert.False(signature.IsGenuine(timestamp, Convert.ToBase64String(bytes), "[]"u8)));
    }

    [Theory]
    [InlineData("", HttpStatusCode.BadRequest)]
    [InlineData("{}", HttpStatusCode.BadRequest)]
    [InlineData("[{", HttpStatusCode.BadRequest)]
    [InlineData("[]", HttpStatusCode.NoContent)]
    [InlineData("[null,7,{\"event\":\"open\"},{\"event\":\"made up\",\"sg_event_id\":\"e\",\"timestamp\":1}]", HttpStatusCode.NoContent)]
    public async Task Only_an_array_is_read_and_unknown_events_are_ignored(string body, HttpStatusCode status) =>
        Assert.Equal(status, await PostAsync(body));

    [Fact]
    public async Task A_body_has_its_bounds_whether_it_says_its_length_or_not()
    {
        var longest = "[" + new string(' ', SendGridEndpoints.LongestBody - 2) + "]";

        Assert.Equal(HttpStatusCode.NoContent, await PostAsync(longest));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, await PostAsync(longest + " "));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, await PostAsync(longest + " ", isChunked: true));
    }

    [Fact]
    public async Task Without_a_key_there_is_nothing_there()
    {
        await using var portal = Portal.AnotherNode([]);
        var (app, address) = await StartAsync(portal);
        await using var _ = app;

        Assert.Equal(HttpStatusCode.NotFound, await PostAsync("[]", address: address));
    }

    [Fact]
    public async Task Nobody_asks_more_often_than_six_hundred_times_a_minute()
    {
        var answers = new List<HttpStatusCode>();
        for (var i = 0; i < 601; i++) answers.Add(await PostAsync("[]", signature: "AAAA"));

        Assert.All(answers[..600], a => Assert.Equal(HttpStatusCode.Forbidden, a));
        Assert.Equal(HttpStatusCode.TooManyRequests, answers[^1]);
    }

    async ValueTask IAsyncDisposable.DisposeAsync()
    {
        await _app.DisposeAsync();
        _http.Dispose();
        _key.Dispose();
        await DisposeAsync();
    }

    private static async Task<(WebApplication App, string Address)> StartAsync(TestPortal portal)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddRateLimiter(RateLimits.Configure);
        builder.Services.AddAuthorization().AddAntiforgery();
        builder.Services.AddSingleton(portal.Get<SendGridSignature>()).AddSingleton(portal.Get<DeliveryService>());
        var app = builder.Build();
        app.UseRateLimiter();
        app.UseAuthorization();
        app.MapSendGrid();
        await app.StartAsync(Cancel);
        return (app, app.Urls.Single() + "/" + SendGridDefaults.WebhookPath);
    }

    private async Task<(GivenRequest Request, string Body)> AnEventAsync(string kind)
    {
        var request = await ARequest().For("client@bakery.example").SentAsync();
        var mail = (await DetailsOf(request.Id)).Mails[0];
        return (request,
            $$"""[{"event":"{{kind}}","sg_event_id":"one","email":"client@bakery.example","timestamp":{{Clock.Now.ToUnixTimeSeconds()}},"portal_mail":"{{mail.Id}}"}]""" + "\r\n");
    }

    private async Task<HttpStatusCode> PostAsync(
        string body, ECDsa? key = null, string? signature = null, TimeSpan after = default, bool isChunked = false, string? address = null)
    {
        var timestamp = (Clock.Now + after).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        signature ??= Convert.ToBase64String(
            (key ?? _key).SignData(
                Encoding.UTF8.GetBytes(timestamp + body), HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence));
        using var request = new HttpRequestMessage(
            HttpMethod.Post, address ?? _address)
        { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        if (isChunked) request.Headers.TransferEncodingChunked = true;
        request.Headers.TryAddWithoutValidation(SendGridSignature.SignatureHeader, signature);
        request.Headers.TryAddWithoutValidation(SendGridSignature.TimestampHeader, timestamp);
        using var answer = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancel);
        return answer.StatusCode;
    }
}
