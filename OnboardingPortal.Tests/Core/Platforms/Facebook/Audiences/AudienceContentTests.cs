using System.Text.Json;
using Microsoft.AspNetCore.WebUtilities;
using OnboardingPortal.Core.Matching;
using OnboardingPortal.Core.Platforms.Facebook.Audiences;

namespace OnboardingPortal.Tests.Core.Platforms.Facebook.Audiences;

public sealed class AudienceContentTests
{
    private static readonly MatchKey[] AllKeys = [.. MatchKeys.All];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1)]
    [InlineData(64)]
    [InlineData(65)]
    [InlineData(1000)]
    public async Task The_body_is_the_form_of_both_values_to_the_byte(int people)
    {
        var batch = new AudienceBatch(
            AudienceAction.Add, 9_223_372_036_854_775_807, 3, true, 24_310, AudienceHost.Keys,
            [.. Enumerable.Range(1, people).Select(People.Row)]);
        using var content = new AudienceContent(batch.Keys, batch.Rows, batch, removes: false);

        var length = content.Headers.ContentLength;
        var body = await content.ReadAsByteArrayAsync(Cancel);

        Assert.Equal(length, body.Length);
        var session = """{"session_id":9223372036854775807,"batch_seq":3,"last_batch_flag":true,"estimated_num_total":24310}""";
        var payload = $$"""{"schema":["EMAIL","FN","EXTERN_ID"],"data":{{JsonSerializer.Serialize(Enumerable.Range(1, people).Select(People.Values))}}}""";
        using var form = new FormUrlEncodedContent(new Dictionary<string, string> { ["session"] = session, ["payload"] = payload });
        Assert.Equal(await form.ReadAsByteArrayAsync(Cancel), body);
        Assert.Equal(form.Headers.ContentType!.MediaType, content.Headers.ContentType!.MediaType);
    }

    [Theory]
    [InlineData(true, """["","",""]""", """["","","0000000000000000000000000000002a"]""")]
    [InlineData(false, """["",""]""", """["",""]""")]
    public async Task What_is_not_known_of_a_person_is_empty(bool isInSession, string nobody, string id)
    {
        var session = isInSession ? new AudienceBatch(AudienceAction.Add, 1, 1, true, 2, AudienceHost.Keys, []) : null;
        using var content = new AudienceContent(AudienceHost.Keys, [default, new AudienceRow(default, 42)], session, removes: true);

        var length = content.Headers.ContentLength;
        var body = await content.ReadAsStringAsync(Cancel);

        Assert.Equal(length, body.Length);
        Assert.Contains($"\"data\":[{nobody},{id}]", QueryHelpers.ParseQuery(body)["payload"].ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_full_batch_of_all_keys_is_sent_in_little_memory()
    {
        var row = new AudienceRow(People.Matched(AllKeys, [.. AllKeys.Select(k => People.Hash(k.ToString()))]), UInt128.MaxValue);
        var batch = new AudienceBatch(AudienceAction.Add, 1, 1, true, FacebookAudiences.MaxRows, AllKeys, []);
        var rows = Enumerable.Repeat(row, FacebookAudiences.MaxRows).ToList();
        using var warm = new AudienceContent(AllKeys, rows[..1], batch, removes: false);
        await warm.CopyToAsync(Stream.Null, Cancel);
        using var content = new AudienceContent(AllKeys, rows, batch, removes: false);

        var before = GC.GetAllocatedBytesForCurrentThread();
        var length = content.Headers.ContentLength;
        await content.CopyToAsync(Stream.Null, Cancel); // never leaves this thread
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.True(length > 8_000_000);
        Assert.InRange(allocated, 0, 400_000);
    }
}
