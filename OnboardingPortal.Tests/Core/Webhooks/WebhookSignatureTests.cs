using OnboardingPortal.Core.Webhooks;

namespace OnboardingPortal.Tests.Core.Webhooks;

public sealed class WebhookSignatureTests
{
    /// <summary>
    /// From the reference library's own tests: standard-webhooks/standard-webhooks, libraries/csharp/StandardWebhooks.Tests/WebhookTest.cs.
    /// </summary>
    [Fact]
    public void The_signature_is_that_of_the_reference_library() => Assert.Equal(
        "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
        WebhookSecrets.Sign(
            "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, """{"test": 2432232314}"""));
}
