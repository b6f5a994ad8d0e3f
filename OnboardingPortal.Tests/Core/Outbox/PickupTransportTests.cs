using Microsoft.Extensions.Options;
using OnboardingPortal.Core.Outbox;

namespace OnboardingPortal.Tests.Core.Outbox;

public sealed class PickupTransportTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("portal-pickup-").FullName;

    [Theory]
    [InlineData("Brightside Agency", "Onboarding Request from Brightside Agency")]
    [InlineData("\"Evil\" <evil@evil.example>", "Grüße aus Köln 😀")]
    [InlineData("Müller & Söhne, GmbH; (Köln)", "A subject that is long enough to be folded over several lines of the header, as mail "
        + "allows, because nobody ends it in time")]
    public async Task A_mail_becomes_a_file_with_its_headers_and_no_others(string from, string subject)
    {
        var transport = new PickupTransport(Options.Create(new PortalOptions { DataDirectory = _directory }), TimeProvider.System);

        await SendAsync(transport, from, subject);

        var file = await File.ReadAllTextAsync(
            Assert.Single(Directory.GetFiles(transport.Folder, "*.eml")), TestContext.Current.CancellationToken);
        var headers = file[..file.IndexOf("\r\n\r\n", StringComparison.Ordinal)].Split("\r\n").Where(l => !char.IsWhiteSpace(l[0]))
            .ToList();
        Assert.Contains("Message-ID: <123@portal.example>", headers, StringComparer.OrdinalIgnoreCase);
        Assert.Contains("To: a@bakery.example", headers);
        Assert.Contains("Reply-To: answers@bakery.example", headers);
        Assert.Single(headers, h => h.StartsWith("From:", StringComparison.OrdinalIgnoreCase));
        Assert.Single(headers, h => h.StartsWith("Subject:", StringComparison.OrdinalIgnoreCase));
        Assert.DoesNotContain(
            headers, h => h.StartsWith("Bcc:", StringComparison.OrdinalIgnoreCase)
                || h.StartsWith("Cc:", StringComparison.OrdinalIgnoreCase));
        Assert.Contains("<onboarding@portal.example>", file, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_fetches_mails_meets_whole_ones_which_nobody_else_can_open()
    {
        var transport = new PickupTransport(Options.Create(new PortalOptions { DataDirectory = _directory }), TimeProvider.System);
        await SendAsync(transport, "Brightside Agency", "the one that makes the folder");
        var seen = new List<string>();
        using (var watcher = new FileSystemWatcher(transport.Folder, "*.eml"))
        {
            // A file that was written in place is created empty; one that was moved here is whole by then.
            watcher.Created += (_, file) => seen.Add(File.ReadAllText(file.FullPath));
            watcher.Renamed += (_, file) => seen.Add(File.ReadAllText(file.FullPath));
            watcher.EnableRaisingEvents = true;
            await SendAsync(transport, "Brightside Agency", "first");
            Assert.True(SpinWait.SpinUntil(() => seen.Count > 0, TimeSpan.FromSeconds(30)));
        }

        Assert.Contains("first", Assert.Single(seen), StringComparison.Ordinal);
        var files = Directory.GetFileSystemEntries(transport.Folder);
        Assert.Equal(2, files.Length); // nothing else is left
        if (OperatingSystem.IsWindows()) return;
        foreach (var file in files) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(transport.Folder));
    }

    private static Task<EmailReceipt> SendAsync(PickupTransport transport, string from, string subject) => transport.SendAsync(
        new OutgoingEmail(
            EmailMessageId.From(123), "123@portal.example", from, "onboarding@portal.example", "a@bakery.example",
            new EmailContent(subject, "<p>Hi</p>", "Hi"),
            "answers@bakery.example"),
        TestContext.Current.CancellationToken);

    public void Dispose() => Directory.Delete(_directory, recursive: true);
}
