using Microsoft.Extensions.Options;
using OnboardingPortal.Core.Outbox;
using OnboardingPortal.Core.Requests;
using OnboardingPortal.Tests.Support;

namespace OnboardingPortal.Tests.Core.Outbox;

/// <summary>Whatever stands in a mail's fields, it has the headers it should have and goes to one address.</summary>
public sealed class HostileMailTests : IAsyncLifetime
{
    private static readonly string[] Known =
        ["X-Sender", "X-Receiver", "MIME-Version", "From", "To", "Reply-To", "Date", "Subject", "Message-ID", "List-Unsubscribe",
            "List-Unsubscribe-Post", "Content-Type"];

    private readonly string _directory = Directory.CreateTempSubdirectory("portal-hostile-").FullName;
    private SendGridStub _stub = null!;
    private EmailTransports _sendGrid = null!;

    public static TheoryData<string> Texts => new(
        "Evil\r\nBcc: all@bakery.example", "Evil\nBcc: all@bakery.example", "Evil\rBcc: all@bakery.example", "Evil\r\n\r\n<h1>body</h1>",
        "Evil\0\u0001\u001b\u007f", "Evil\u0085\u2028\u2029Bcc: all@bakery.example",
        "\"Evil\" <evil@evil.example>", "a@b.example, c@d.example;", "=?utf-8?B?RXZpbA0KQmNjOiBh?=", new string('x', 2000),
        string.Concat(Enumerable.Repeat("Grüße 😀 ", 100)), "<script>alert(1)</script>", " ");

    public static TheoryData<string> Addresses => new(
        "", "nobody", "@bakery.example", "a@", "a b@bakery.example", "a@bakery.example\r\nBcc: all@bakery.example", "a@bakery.example\0",
        "Evil <a@bakery.example>", "\"Evil\" a@bakery.example",
        "a@bakery.example,b@bakery.example", "a@bakery.example;b@bakery.example", "<a@bakery.example>", "\"a\r\nb\"@bakery.example",
        "grüße@bakery.example",
        "a@" + new string('ü', 63) + ".example",
        new string('a', 64) + "@" + string.Join('.', Enumerable.Repeat(new string('b', 63), 5)) + ".example");

    public async ValueTask InitializeAsync()
    {
        _stub = await SendGridStub.StartAsync();
        _sendGrid = new EmailTransports(
            ("Transport", "SendGrid"), ("SendGrid:ApiKey", SendGridStub.Key), ("SendGrid:BaseUrl", _stub.Address.AbsoluteUri));
    }

    [Theory]
    [MemberData(nameof(Texts))]
    public async Task No_text_makes_a_header_of_its_own(string text)
    {
        var mail = EmailTransports.AMail() with
        {
            FromName = text,
            Content = new EmailContent(text, "<p>Hi</p>", "Hi"),
            ReplyTo = "answers@bakery.example"
        };

        var headers = await HeadersAsync(mail);

        Assert.All(
            headers.Where(h => !char.IsWhiteSpace(h[0])),
            h => Assert.Contains(h[..h.IndexOf(':', StringComparison.Ordinal)], Known, StringComparer.OrdinalIgnoreCase));
        Assert.All(headers, h => Assert.DoesNotContain(h.TrimStart('\t'), char.IsControl)); // a folded line may begin with a tab
        Assert.Equal(
            headers.Count(h => !char.IsWhiteSpace(h[0])),
            headers.Where(h => !char.IsWhiteSpace(h[0])).Select(h => h.Split(':')[0].ToUpperInvariant()).Distinct().Count());
        Assert.Contains(headers, h => h.Equals("To: client@bakery.example", StringComparison.Ordinal));
        await _sendGrid.Transport.SendAsync(mail, TestContext.Current.CancellationToken);
        var body = Assert.Single(_stub.Bodies);
        Assert.DoesNotContain($"{body["subject"]}{body["from"]!["name"]}", char.IsControl);
        Assert.Equal("client@bakery.example", Assert.Single(body["personalizations"]![0]!["to"]!.AsArray())!["email"]!.ToString());
    }

    [Theory]
    [MemberData(nameof(Addresses))]
    public async Task What_is_not_one_bare_address_is_refused_wherever_it_stands(string address)
    {
        foreach (var mail in new[]
        {
            EmailTransports.AMail(address), EmailTransports.AMail() with { ReplyTo = address },
            EmailTransports.AMail() with { FromAddress = address }
        })
        {
            var refused = await Assert.ThrowsAsync<EmailRefusedException>(
                () => Pickup().SendAsync(mail, TestContext.Current.CancellationToken));
            await Assert.ThrowsAsync<EmailRefusedException>(
                () => _sendGrid.Transport.SendAsync(mail, TestContext.Current.CancellationToken));
            Assert.DoesNotContain(refused.Message, char.IsControl);
        }

        Assert.Empty(_stub.Bodies);
        Assert.Empty(Directory.GetFiles(Pickup().Folder));
    }

    [Fact]
    public async Task The_longest_address_there_is_is_taken()
    {
        var host = string.Join('.', Enumerable.Repeat(new string('b', 61), 4)) + ".example";
        var address = $"{new string('a', 64)}@{host[..(Recipient.EmailMaxLength - 65)]}";
        Assert.Equal(Recipient.EmailMaxLength, address.Length);

        var headers = await HeadersAsync(EmailTransports.AMail(address));

        Assert.Contains(headers, h => h.Contains(address, StringComparison.Ordinal));
    }

    public async ValueTask DisposeAsync()
    {
        await _sendGrid.DisposeAsync();
        await _stub.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }

    private PickupTransport Pickup()
    {
        var pickup = new PickupTransport(Options.Create(new PortalOptions { DataDirectory = _directory }), TimeProvider.System);
        Directory.CreateDirectory(pickup.Folder);
        return pickup;
    }

    private async Task<List<string>> HeadersAsync(OutgoingEmail mail)
    {
        var pickup = Pickup();
        await pickup.SendAsync(mail, TestContext.Current.CancellationToken);
        var file = await File.ReadAllTextAsync(Assert.Single(Directory.GetFiles(pickup.Folder)), TestContext.Current.CancellationToken);
        return [.. file[..file.IndexOf("\r\n\r\n", StringComparison.Ordinal)].Split("\r\n")];
    }
}
