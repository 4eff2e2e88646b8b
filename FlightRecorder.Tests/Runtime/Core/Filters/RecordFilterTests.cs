using System.Text.RegularExpressions;

namespace FlightRecorder.Tests.Core.Filters;

public sealed class RecordFilterTests
{
    private static readonly Func<RequestFacts, bool> Yes = _ => true;
    private static readonly Func<RequestFacts, bool> No = _ => false;

    [TestCase("/api/orders", "POST", true)]
    [TestCase("/api/orders", "GET", false)]
    [TestCase("/health", "POST", false)]
    public void Routes_with_methods_need_both(string path, string method, bool holds)
        => Assert.That(RecordFilter.Routes(["/api/**"], ["POST"])(new FakeRequest(method, path).Facts), Is.EqualTo(holds));

    [TestCase("/v1/x", true)]
    [TestCase("/exact", true)]
    [TestCase("/exact/more", false)]
    public void Routes_take_expressions_and_exact_paths(string path, bool holds)
    {
        Func<RequestFacts, bool> filter = RecordFilter.Routes(new Regex("^/v[0-9]+/", RegexOptions.NonBacktracking), "/exact");
        Assert.That(filter(new FakeRequest(path: path).Facts), Is.EqualTo(holds));
    }

    [Test]
    public void An_expression_that_can_backtrack_is_refused_with_the_fix()
        => Assert.That(
            () => RecordFilter.Routes(new Regex("(a+)+$")),
            Throws.TypeOf<FlightRecorderConfigurationException>().With.Message.Contains("(a+)+$").And.Message.Contains("RegexOptions.NonBacktracking"));

    [Test]
    public void Methods_compare_without_case()
    {
        Func<RequestFacts, bool> filter = RecordFilter.Methods("post", "PUT");
        Assert.Multiple(() =>
        {
            Assert.That(filter(new FakeRequest("POST").Facts), Is.True);
            Assert.That(filter(new FakeRequest("DELETE").Facts), Is.False);
        });
    }

    [TestCase(null, false)]
    [TestCase("on", true)]
    [TestCase("ON", false)]
    public void A_header_value_compares_exactly(string? value, bool holds)
        => Assert.That(RecordFilter.Header("X-Debug", "on")(new FakeRequest(header: value).Facts), Is.EqualTo(holds));

    [Test]
    public void A_header_without_values_need_only_be_there()
        => Assert.That(RecordFilter.Header("x-debug")(new FakeRequest(header: "anything").Facts), Is.True);

    [Test]
    public void Asking_for_the_actor_defers_the_judgement()
    {
        var request = new FakeRequest();
        Func<RequestFacts, bool> filter = RecordFilter.ActorIds("user_42");
        Assert.Multiple(() =>
        {
            Assert.That(filter(request.Facts), Is.False);
            Assert.That(request.ActorAsked, Is.True);
        });
        request.Actor = new RequestActor("user_42");
        Assert.That(filter(request.Facts), Is.True);
    }

    [Test]
    public void A_filter_that_fails_before_the_actor_is_asked_for_needs_no_second_judgement()
    {
        var request = new FakeRequest("GET");
        RecordFilter.All(RecordFilter.Methods("POST"), RecordFilter.ActorIds("a"))(request.Facts);
        Assert.That(request.ActorAsked, Is.False);
    }

    [Test]
    public void All_any_and_not_compose()
    {
        RequestFacts facts = new FakeRequest().Facts;
        bool all = RecordFilter.All(Yes, No)(facts), any = RecordFilter.Any(No, Yes)(facts), none = RecordFilter.Any(No, No)(facts), not = RecordFilter.Not(No)(facts);
        Assert.That((all, any, none, not), Is.EqualTo((false, true, false, true)));
    }

    [Test]
    public void One_draw_per_request_makes_sampling_stable()
    {
        var request = new FakeRequest();
        Assert.That(request.Facts.Draw, Is.EqualTo(request.Facts.Draw).And.InRange(0.0, 1.0));
    }
}
