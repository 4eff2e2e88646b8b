using FlightRecorder.PostgreSql;

namespace FlightRecorder.Tests.PostgreSql.Shipping;

public sealed class RetryScheduleTests
{
    private readonly ManualTime _time = new();

    [Test]
    public void Nothing_is_waited_for_before_the_first_failure() => Assert.That(new RetrySchedule(_time, () => 0).Left, Is.EqualTo(TimeSpan.Zero));

    [Test]
    public void Each_failure_doubles_the_wait_up_to_thirty_seconds()
    {
        var schedule = new RetrySchedule(_time, () => 0);
        var waits = new List<double>();
        for (int i = 0; i < 12; i++)
        {
            schedule.Failed();
            waits.Add(schedule.Left.TotalSeconds);
        }

        Assert.That(waits, Is.EqualTo(new[] { 0.1, 0.2, 0.4, 0.8, 1.6, 3.2, 6.4, 12.8, 25.6, 30, 30, 30 }).Within(1e-9));
    }

    [TestCase(0, 100)]
    [TestCase(0.5, 75)]
    [TestCase(1, 50)]
    public void Chance_takes_up_to_a_half_away(double chance, double milliseconds)
    {
        var schedule = new RetrySchedule(_time, () => chance);
        schedule.Failed();

        Assert.That(schedule.Left.TotalMilliseconds, Is.EqualTo(milliseconds).Within(1e-6));
    }

    [Test]
    public void The_wait_runs_down()
    {
        var schedule = new RetrySchedule(_time, () => 0);
        schedule.Failed();
        _time.Advance(TimeSpan.FromMilliseconds(60));
        TimeSpan left = schedule.Left;
        _time.Advance(TimeSpan.FromHours(1));

        Assert.That((left.TotalMilliseconds, schedule.Left), Is.EqualTo((40d, TimeSpan.Zero)));
    }

    [Test]
    public void A_success_begins_anew()
    {
        var schedule = new RetrySchedule(_time, () => 0);
        schedule.Failed();
        schedule.Failed();
        schedule.Succeeded();
        schedule.Failed();

        Assert.That(schedule.Left.TotalMilliseconds, Is.EqualTo(100).Within(1e-6));
    }
}
