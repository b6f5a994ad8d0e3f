using OnboardingPortal.Core.Agencies;
using OnboardingPortal.Tests.Support;

namespace OnboardingPortal.Tests.Core.Agencies;

/// <summary>TXT records, asked for at a name server.</summary>
public sealed class TextRecordsTests
{
    private const string Name = "_onboardingportal.bakery.example";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_record_in_several_pieces_is_read_in_one_and_beside_others()
    {
        await using var server = new NameServer();
        var half = new string('p', 255);
        server.Texts[Name] = [["v=spf1 -all"], [half, half, "end"]];

        Assert.Equal(["v=spf1 -all", $"{half}{half}end"], await TextRecords.Of(server.Address).ReadAsync(Name, Cancel));
    }

    [Fact]
    public async Task A_name_that_is_not_there_or_has_no_record_has_no_texts()
    {
        await using var server = new NameServer();
        server.Texts["bakery.example"] = [];

        Assert.Empty(await TextRecords.Of(server.Address).ReadAsync("nothing.bakery.example", Cancel));
        Assert.Empty(await TextRecords.Of(server.Address).ReadAsync("bakery.example", Cancel));
    }

    [Fact]
    public async Task A_name_server_that_is_not_there_knows_no_texts()
    {
        var server = new NameServer();
        var address = server.Address;
        await server.DisposeAsync();

        Assert.Empty(await TextRecords.Of(address).ReadAsync(Name, Cancel));
    }
}
