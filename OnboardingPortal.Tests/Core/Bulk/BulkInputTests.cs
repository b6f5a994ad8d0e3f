using OnboardingPortal.Core.Bulk;

namespace OnboardingPortal.Tests.Core.Bulk;

public sealed class BulkInputTests
{
    [Fact]
    public void A_row_that_an_earlier_version_kept_is_read_and_written_as_it_was()
    {
        const string kept = """
            {"Request":{"Message":"Hello","Platforms":[{"Value":"facebook"}],"FacebookUserId":{"Value":7},"BusinessManagerId":"5","Language":"de"},"Addresses":"a@bakery.example","Services":"Facebook"}
            """;

        var input = BulkInput.Read(kept);

        Assert.Equal(
            ("Hello", 7, "5", "de"),
            (input.Request.Message, input.Request.FacebookUserId?.Value, input.Request.BusinessManagerId, input.Request.Language));
        Assert.Equal("facebook", Assert.Single(input.Request.Platforms).Value);
        Assert.Equal(kept, input.Write());
    }
}
