"""News of the ministry. Open to all; officers who keep it see how a draft will look."""

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from programs.models import News
from programs.paragraphs import paragraphs

ON_A_PAGE = 10
OTHERS = 3


@require_safe
@login_not_required
def news_list(request):
    news = News.objects.published(now=timezone.now()).select_related("program")
    page = Paginator(news, ON_A_PAGE).get_page(request.GET.get("halaman"))
    return render(request, "programs/news_list.html", {"page": page})


@require_safe
@login_not_required
def news_detail(request, slug):
    now = timezone.now()
    news = get_object_or_404(
        News.objects.visible_to(request.user).select_related("program"), slug=slug
    )
    return render(
        request,
        "programs/news_detail.html",
        {
            "news": news,
            "paragraphs": paragraphs(news.body),
            "is_public": news.is_public(now=now),
            "others": News.objects.published(now=now).exclude(pk=news.pk)[:OTHERS],
        },
    )
