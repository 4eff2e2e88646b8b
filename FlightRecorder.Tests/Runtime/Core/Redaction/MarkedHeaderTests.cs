using System.Text.Json;
using FlightRecorder.CompilerServices;
using FlightRecorder.Tests.Core.JournalLines;

namespace FlightRecorder.Tests.Core.Redaction;

/// <summary>Request headers that marked parameters are bound from.</summary>
public class MarkedHeaderTests
{
    private const string Value = "customer-4711-8899";

    [TestCase(RedactMode.Mask, "[REDACTED]")]
    [TestCase(RedactMode.Last4, "****8899")]
    public void A_listed_header_is_hidden_as_its_parameter_says(RedactMode mode, string expected)
    {
        EncodingBench bench = Bench(mode);
        bench.Recording.RequestHeaders.Add(EncodingBench.Value("x-customer", Value));
        bench.Append(new InvalidOperationException("no " + Value));
        JsonElement line = bench.Json();
        Assert.That(line.GetProperty("request").GetProperty("headers").GetProperty("x-customer").GetString(), Is.EqualTo(expected));
        Assert.That(line.GetProperty("errors")[0].GetProperty("message").GetString(), Is.EqualTo("no [REDACTED]"));
    }

    [Test]
    public void A_removed_header_is_gone_with_its_name()
    {
        EncodingBench bench = Bench(RedactMode.Remove);
        bench.Recording.RequestHeaders.Add(EncodingBench.Value("accept", "a"));
        bench.Recording.RequestHeaders.Add(EncodingBench.Value("X-Customer", Value));
        Assert.That(bench.Json().GetProperty("request").GetProperty("headers").ToString(), Is.EqualTo("""{"accept":"a"}"""));
    }

    [Test]
    public void An_unlisted_one_is_searched_for_in_the_rest()
    {
        EncodingBench bench = Bench(RedactMode.Mask);
        bench.Recording.UnlistedHeaders.Add(EncodingBench.Value("x-customer", Value));
        bench.Append(new InvalidOperationException("no " + Value));
        Assert.That(bench.Line(), Does.Contain("no [REDACTED]").And.Not.Contain(Value));
    }

    [Test]
    public void A_header_of_the_name_of_another_parameter_is_shown()
    {
        EncodingBench bench = Bench(RedactMode.Mask);
        bench.Recording.Plan = EncodingBench.Plan(EncodingBench.Map(MemberRule.Hidden("x-customer", RedactMode.Mask)));
        bench.Recording.RequestHeaders.Add(EncodingBench.Value("x-customer", Value));
        Assert.That(bench.Line(), Does.Contain(Value));
    }

    [Test]
    public void A_header_of_the_response_is_not_the_one_that_was_bound()
    {
        EncodingBench bench = Bench(RedactMode.Mask);
        bench.Recording.ResponseHeaders.Add(EncodingBench.Value("x-customer", "another"));
        Assert.That(bench.Json().GetProperty("response").GetProperty("headers").GetProperty("x-customer").GetString(), Is.EqualTo("another"));
    }

    private static EncodingBench Bench(RedactMode mode)
    {
        HandlerPlan plan = EncodingBench.Plan();
        return new EncodingBench
        {
            Recording =
            {
                Plan = new HandlerPlan
                {
                    Name = plan.Name,
                    Location = plan.Location,
                    Identity = plan.Identity,
                    Rules = plan.Rules,
                    Match = plan.Match,
                    Parameters = EncodingBench.Map(MemberRule.Hidden("x-customer", mode)),
                    Headers = ["x-customer"],
                },
            },
        };
    }
}
