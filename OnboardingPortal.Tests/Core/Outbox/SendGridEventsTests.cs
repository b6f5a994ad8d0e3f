using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using OnboardingPortal.Core.Outbox;
using OnboardingPortal.Tests.Support;

namespace OnboardingPortal.Tests.Core.Outbox;

public sealed class SendGridEventsTests
{
    /// <summary>A known answer of the test suite of SendGrid's own library for C#.</summary>
    private const string KnownKey =
        "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE83T4O/n84iotIvIW4mdBgQ/7dAfSmpqIM8kF9mN1flpVKS3GRqe62gw+2fNNRaINXvVpiglSI8eNEc6wEA3F+g==";

    private const string KnownSignature =
        "MEUCIGHQVtGj+Y3LkG9fLcxf3qfI10QysgDWmMOVmxG0u6ZUAiEAyBiXDWzM+uOe5W0JuG+luQAbPIqHh89M15TluLtEZtM=";
    private const string KnownTimestamp = "1600112502";

    private const string KnownBody =
        "[{\"email\":\"hello@world.com\",\"event\":\"dropped\",\"reason\":\"Bounced "
        + "Address\",\"sg_event_id\":\"ZHJvcC0xMDk5NDkxOS1MUnpYbF9OSFN0T0doUTRrb2ZTbV9BLTA\",\"sg_message_id\":\"LRzXl_NHStOGhQ4kofSm_A.filterdrecv-p3mdw1-756b745b58-kmzbl-18-5F5FC76C-9.0\",\"smtp-id\":\"<LRzXl_NHStOGhQ4kofSm_A@ismtpd0039p1iad1.sendgrid.net>\",\"timestamp\":1600112492}]\r\n";

    private readonly FakeTime _clock = new();

    public SendGridEventsTests() => _clock.AdjustTime(DateTimeOffset.FromUnixTimeSeconds(1600112502));

    [Fact]
    public void What_SendGrid_signed_is_genuine() => Assert.True(IsGenuine(KnownTimestamp, KnownSignature, KnownBody));

    [Fact]
    public void What_anybody_changed_is_not()
    {
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var foreign = Convert.ToBase64String(
            other.SignData(
                Encoding.UTF8.GetBytes(KnownTimestamp + KnownBody), HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence));

        Assert.False(IsGenuine(KnownTimestamp, KnownSignature, KnownBody.TrimEnd()));
        Assert.False(IsGenuine("1600112503", KnownSignature, KnownBody));
        Assert.False(IsGenuine("01600112502", KnownSignature, KnownBody));
        Assert.False(IsGenuine(KnownTimestamp, foreign, KnownBody));
        Assert.All(
            new[] { null, "", "no base64!", "AAAA", Convert.ToBase64String(new byte[64]), KnownSignature[..^8]
                + "AAAAAAA=", new string('A', 4000) },
            signature => Assert.False(IsGenuine(KnownTimestamp, signature, KnownBody)));
        Assert.All(
            new[] { null, "", "-1", "soon", "1600112502.5", " 1600112502", "99999999999999999999", "9223372036854775807" },
            timestamp => Assert.False(IsGenuine(timestamp, KnownSignature, KnownBody)));
        Assert.False(IsGenuine(KnownTimestamp, KnownSignature, KnownBody, key: ""));
    }

    [Fact]
    public void What_is_older_than_SendGrid_repeats_or_far_ahead_is_not_taken()
    {
        _clock.AdjustTime(_clock.Now.AddMinutes(-5));
        Assert.True(IsGenuine(KnownTimestamp, KnownSignature, KnownBody));
        _clock.AdjustTime(_clock.Now.AddSeconds(-1));
        Assert.False(IsGenuine(KnownTimestamp, KnownSignature, KnownBody));
        _clock.Advance(TimeSpan.FromHours(25) + TimeSpan.FromMinutes(5) + TimeSpan.FromSeconds(1));
        Assert.True(IsGenuine(KnownTimestamp, KnownSignature, KnownBody));
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.False(IsGenuine(KnownTimestamp, KnownSignature, KnownBody));
    }

    [Fact]
    public void The_documented_events_are_read_and_the_rest_is_left_out()
    {
        var body = $$"""
            [ {"event":"processed","sg_event_id":"e1","timestamp":1793318400,"email":"a@bakery.example","portal_mail":"7","sg_message_id":"m.filter"},
              {"event":"deferred","sg_event_id":"e2","timestamp":1793318401,"email":"a@bakery.example","portal_mail":"7","response":"451 later","attempt":"3"},
              {"event":"delivered","sg_event_id":"e3","timestamp":1793318402,"email":"a@bakery.example","portal_mail":"7","response":"250 OK","category":["x"]},
              {"event":"bounce","type":"blocked","sg_event_id":"e4","timestamp":1793318403,"email":"a@bakery.example","reason":"550 no","status":"5.1.1","sg_message_id":"m.recvd"},
              {"event":"dropped","sg_event_id":"e5","timestamp":1793318404,"email":"a@bakery.example","reason":"Bounced Address","portal_mail":"seven"},
              {"event":"spamreport","sg_event_id":"e6","timestamp":1793318405,"email":"a@bakery.example"},
              {"event":"open","sg_event_id":"e7","timestamp":1793318406}, {"event":"click","sg_event_id":"e8","timestamp":1}, {"event":"group_unsubscribe","sg_event_id":"e9","timestamp":1},
              {"event":"delivered"}, {"event":"delivered","sg_event_id":"","timestamp":1}, {"event":"delivered","sg_event_id":"{{new string('x', 201)}}","timestamp":1},
              {"event":"delivered","sg_event_id":"t1"}, {"event":"delivered","sg_event_id":"t2","timestamp":"1793318400"}, {"event":"delivered","sg_event_id":"t3","timestamp":1.5},
              {"event":"delivered","sg_event_id":"t4","timestamp":-1}, {"event":"delivered","sg_event_id":"t5","timestamp":9223372036854775807},
              {"event":7}, {"event":null}, {"event":"delivered","sg_event_id":"\ud800","timestamp":1}, {"event":"delivered","sg_event_id":"\u0000","timestamp":1},
              {}, [], null, 7, "delivered" ]
            """;

        var events = SendGridEvents.Read(Encoding.UTF8.GetBytes(body))!;

        var at = DateTimeOffset.FromUnixTimeSeconds(1793318400);
        DeliveryReport Told(string id, DeliveryState state, int seconds, long? mail, string? message, string? text) =>
            new(id, state, at.AddSeconds(seconds), "a@bakery.example", mail is { } number ? EmailMessageId.From(number) : null, message,
                text);
        Assert.Equal(
            [
                Told("e1", DeliveryState.Processed, 0, 7, "m.filter", null), Told("e2", DeliveryState.Deferred, 1, 7, null, "451 later"),
                Told("e3", DeliveryState.Delivered, 2, 7, null, "250 OK"), Told("e4", DeliveryState.Bounced, 3, null, "m.recvd", "550 no"),
                Told("e5", DeliveryState.Dropped, 4, null, null, "Bounced Address"), Told("e6", DeliveryState.Spam, 5, null, null, null),
            ],
            events);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("[")]
    [InlineData("[] []")]
    [InlineData("<xml/>")]
    [InlineData("[{\"event\":\"delivered\",}]")]
    public void What_is_not_a_JSON_array_is_not_read(string body) => Assert.Null(SendGridEvents.Read(Encoding.UTF8.GetBytes(body)));

    [Fact]
    public void Deep_nesting_and_broken_characters_are_not_read()
    {
        Assert.Null(SendGridEvents.Read(Encoding.UTF8.GetBytes(new string('[', 100_000))));
        Assert.Null(SendGridEvents.Read(new byte[] { (byte)'[', (byte)'"', 0xff, 0xfe, (byte)'"', (byte)']' }) is { Count: > 0 }
            ? 1
            : null);
    }

    private bool IsGenuine(string? timestamp, string? signature, string body, string key = KnownKey) =>
        new SendGridSignature(Options.Create(new EmailOptions { SendGrid = { WebhookPublicKey = key } }), _clock).IsGenuine(
            timestamp, signature, Encoding.UTF8.GetBytes(body));
}
